package dev.kith.process;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A monitor of a process of this node, which travels back as the `Down`.
sealed class OwnMonitor extends Monitor implements Cancel permits OwnMonitor.Outgoing {
  private final LocalProcess<?> owner;
  private final @Nullable LocalProcess<?> target;
  private Pid subject;
  private final Function<? super Down, ?> as;

  /// Why the target ended. Written by who pushes it back; from then on this is the owner's mail.
  private @Nullable ExitReason reason;

  /// Cancelled, or handled. The owner's.
  private boolean closed;

  OwnMonitor(
      LocalProcess<?> owner,
      @Nullable LocalProcess<?> target,
      Pid subject,
      Function<? super Down, ?> as) {
    this.owner = owner;
    this.target = target;
    this.subject = subject;
    this.as = as;
  }

  @Override
  void fire(ExitReason why) {
    reason = why;
    owner.signal(this);
  }

  /// As [#fire], when it is known only now who was watched.
  void fire(Pid whose, ExitReason why) {
    subject = whose;
    fire(why);
  }

  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    return reason != null ? this : super.arrive(receiver);
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason why) {
    if (reason == null) {
      super.refuse(receiver, why);
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
      if (inTime) {
        release();
      }
      return inTime;
    } finally {
      owner.leave(outer);
    }
  }

  /// Takes the monitor away from whom it watches.
  void release() {
    if (target != null) {
      target.signal(new Demonitor(this));
    }
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return down();
  }

  private Down down() {
    return new Down(subject, reason == null ? ExitReason.normal() : reason);
  }

  /// One of a process of another node, or of a name there.
  static final class Outgoing extends OwnMonitor {
    private final Peer peer;
    private final long from;
    private final long id;

    Outgoing(LocalProcess<?> owner, Peer peer, long id, Pid subject, Function<? super Down, ?> as) {
      super(owner, null, subject, as);
      this.peer = peer;
      this.from = owner.serial;
      this.id = id;
    }

    @Override
    void release() {
      peer.demonitor(from, id);
    }
  }
}
