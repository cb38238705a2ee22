package dev.kith.process;

import dev.kith.observe.DropReason;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Initializes the runtime's classes before any process runs.
///
/// A class is initialized where it is first used, and one whose initialization fails can never be
/// used again. First used by a process that is about to run out of stack, `Extras` would be lost to
/// the whole program.
final class EarlyClasses {
  private static final List<Class<?>> ALL =
      List.of(
          AliasRef.class,
          Ask.class,
          Control.class,
          DropReason.class,
          ExitReason.class,
          ExitReasons.class,
          Extras.class,
          MailboxLimit.class,
          Mailbox.Push.class,
          Monitor.class,
          Overflow.class,
          Running.class,
          ServerProcess.class,
          BodyProcess.class,
          StackProbe.class,
          Ties.class,
          Timer.class,
          Tombstone.class,
          Unwind.class,
          Waiter.class,
          Worker.class);

  private EarlyClasses() {}

  /// Initializes them, the first time.
  static void initialize() {
    try {
      for (Class<?> one : ALL) {
        MethodHandles.lookup().ensureInitialized(one);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
