package dev.kith.process;

import dev.kith.observe.DropReason;
import org.jspecify.annotations.Nullable;

/// A signal that becomes one of the receiver's messages.
abstract non-sealed class Mail extends Signal {

  /// Whether the receiver's code is not given it: because the receiver has taken it back since (a
  /// cancelled timer, monitor, alias or request), or because it is the runtime's own.
  boolean isForRuntime() {
    return false;
  }

  /// What happens instead, when its turn has come.
  void runFor(LocalProcess<?> receiver) {}

  /// What the receiver's code is given. Runs in the receiver, as its own code.
  abstract Object open();

  /// The receiver's code gets it now: it can no longer be taken back.
  void taken(LocalProcess<?> receiver) {}

  /// The trace that this message belongs to.
  @Nullable TraceContext trace() {
    return null;
  }

  /// What to call it in a report.
  ///
  /// @param holder whose mail it is or was: a request that was answered has gone back since
  abstract Object subject(LocalProcess<?> holder);

  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    return this;
  }

  /// The mailbox was full.
  void overflow(LocalProcess<?> receiver) {
    receiver.node.drops().count(DropReason.MAILBOX_FULL);
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    receiver
        .node
        .drops()
        .count(
            reason instanceof ExitReason.NoProcess
                ? DropReason.NO_PROCESS
                : DropReason.UNHANDLED_AT_EXIT);
  }
}
