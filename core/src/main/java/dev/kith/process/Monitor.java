package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// One monitor's whole life: the signal that sets it up at the target, the record that the target
/// keeps, and what tells its owner of the end.
///
/// It is never in two places at once: the target takes it out of its mailbox before it keeps it,
/// and lets it go when it fires.
abstract sealed class Monitor extends Mail permits OwnMonitor, IncomingMonitor {

  /// The target's list of monitors. The target's.
  @Nullable Monitor before;

  @Nullable Monitor after;

  /// Whether it is in the target's list. The target's.
  boolean kept;

  /// The target has ended, or was not there.
  abstract void fire(ExitReason why);

  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    receiver.watched(this);
    return null;
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason why) {
    fire(ExitReason.noProcess());
  }

  /// The owner no longer wants to know.
  static final class Demonitor extends Control {
    private final Monitor monitor;

    Demonitor(Monitor monitor) {
      this.monitor = monitor;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.unwatched(monitor);
      return null;
    }
  }
}
