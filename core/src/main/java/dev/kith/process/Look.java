package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// A look at a process by somebody who asked for it.
///
/// It comes before the messages that wait. [Server#inspect] is the process's own code, so it does
/// not run where signals act but as a message would: one that does not return can be killed.
final class Look extends Mail {
  private final Ask<Inspection> asker;

  Look(Ask<Inspection> asker) {
    this.asker = asker;
  }

  /// The question behind it.
  record Question() implements Request<Inspection> {}

  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    receiver.putBack(this);
    return null;
  }

  @Override
  boolean isForRuntime() {
    return true;
  }

  @Override
  void runFor(LocalProcess<?> receiver) {
    receiver.leave(false);
    Object state;
    try {
      state = receiver.inspection();
    } catch (Throwable thrown) {
      state = thrown;
    }
    receiver.backInRuntime();
    if (receiver.isFenced()) {
      asker.refuse(ExitReason.killed()); // its tables may have been taken over
    } else if (receiver.isEnding()) {
      asker.refuse(receiver.exitReason());
    } else {
      asker.answer(look(receiver, state));
    }
  }

  private static Inspection look(LocalProcess<?> receiver, Object state) {
    Extras own = receiver.extras();
    int monitors = 0;
    for (Monitor at = own.watchers; at != null; at = at.after) {
      monitors++;
    }
    return new Inspection(
        receiver.node.snapshot(receiver), own.links.peers(), monitors, own.agenda.size(), state);
  }

  @Override
  Object open() {
    throw new IllegalStateException("a look is no message");
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return asker.request;
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    asker.refuse(reason);
  }
}
