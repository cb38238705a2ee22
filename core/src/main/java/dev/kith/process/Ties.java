package dev.kith.process;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What ties a new process to who starts it, from its first moment.
sealed interface Ties {

  /// The new process's side: before anybody else can know it.
  void tieChild(LocalProcess<?> child);

  /// The side of who starts it: before it can hear of the child, or of its end.
  void tieParent(LocalProcess<?> child);

  static Ties.Of none() {
    return Of.NONE;
  }

  static Ties.Of linked(LocalProcess<?> parent) {
    return new Of(parent, null, null, null);
  }

  static Ties.Of monitored(LocalProcess<?> parent, Function<? super Down, ?> as) {
    return new Of(null, parent, as, null);
  }

  /// With a process of this node, or with none.
  record Of(
      @Nullable LocalProcess<?> linkedWith,
      @Nullable LocalProcess<?> monitoredBy,
      @Nullable Function<? super Down, ?> as,
      @Nullable Ask<?> starter)
      implements Ties {
    private static final Of NONE = new Of(null, null, null, null);

    /// Who wants to hear when it is up.
    Of withStarter(Ask<?> asker) {
      return new Of(linkedWith, monitoredBy, as, asker);
    }

    @Override
    public void tieChild(LocalProcess<?> child) {
      if (linkedWith != null) {
        child.extras().links.add(new Link(child, linkedWith));
        child.extras().bornLinked = true;
      }
      if (monitoredBy != null && as != null) {
        child.watched(new OwnMonitor(monitoredBy, child, child.pid(), as));
      }
      if (starter != null) {
        child.extras().starter = starting(starter);
      }
    }

    @Override
    public void tieParent(LocalProcess<?> child) {
      if (linkedWith != null) {
        linkedWith.extras().links.add(new Link(linkedWith, child));
      }
    }

    @SuppressWarnings("unchecked") // a starter is answered with a start result
    private static Ask<StartResult<?>> starting(Ask<?> starter) {
      return (Ask<StartResult<?>>) starter;
    }
  }

  /// With a process of another node, which has ordered it.
  record Ordered(Peer peer, NodeSignal.Spawn order) implements Ties {

    @Override
    public void tieChild(LocalProcess<?> child) {
      if (order.linked()) {
        child.extras().links.requested(child, peer.process(order.from()), peer);
        child.extras().bornLinked = true;
        peer.ties(child);
      }
    }

    /// Comes before all else that is from the child (SPN-3).
    @Override
    public void tieParent(LocalProcess<?> child) {
      peer.carry(0, new NodeSignal.Spawned(child.serial, order.id()));
    }
  }
}
