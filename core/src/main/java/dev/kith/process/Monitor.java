package dev.kith.process;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One monitor's whole life: the signal that sets it up at the target, the record that the target
/// keeps, and the `Down` that comes back.
///
/// It is never in two places at once: the target takes it out of its mailbox before it keeps it,
/// and lets it go when it pushes it back.
final class Monitor extends Mail implements Cancel {
  private final LocalProcess<?> owner;
  private final @Nullable LocalProcess<?> target;
  private final Pid subject;
  private final Function<? super Down, ?> as;

  /// The target's list of monitors. The target's.
  @Nullable Monitor before;

  @Nullable Monitor after;

  /// Whether it is in the target's list. The target's.
  boolean kept;

  /// Why the target ended. Written by who pushes it back; from then on this is the owner's mail.
  private @Nullable ExitReason reason;

  /// Cancelled, or handled. The owner's.
  private boolean closed;

  Monitor(
      LocalProcess<?> owner,
      @Nullable LocalProcess<?> target,
      Pid subject,
      Function<? super Down, ?> as) {
    this.owner = owner;
    this.target = target;
    this.subject = subject;
    this.as = as;
  }

  /// The target has ended, or was not there.
  void fire(ExitReason why) {
    reason = why;
    owner.signal(this);
  }

  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    if (reason != null) {
      return this;
    }
    receiver.watched(this);
    return null;
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason why) {
    if (reason == null) {
      fire(ExitReason.noProcess());
    }
  }

  @Override
  boolean isForRuntime() {
    return closed;
  }

  @Override
  Object open() {
    return as.apply(down());
  }

  @Override
  void taken(LocalProcess<?> receiver) {
    closed = true;
  }

  @Override
  public boolean cancel() {
    boolean outer = owner.enterSelf();
    try {
      boolean inTime = !closed;
      closed = true;
      if (inTime && target != null) {
        target.signal(new Demonitor(this));
      }
      return inTime;
    } finally {
      owner.leave(outer);
    }
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return down();
  }

  private Down down() {
    return new Down(subject, reason == null ? ExitReason.normal() : reason);
  }

  /// The owner no longer wants to know.
  private static final class Demonitor extends Control {
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
