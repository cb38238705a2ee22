package dev.kith.cluster;

import dev.kith.process.Address;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What must not be forgotten of confirmed sends when one of their processes is restarted: the
/// numbers that this node has given, and the parcels that it has taken.
///
/// **Threading.** Any thread. **Limits.** Remembers of each node what may be asked for again: at
/// most [Confirmed#WAITING_MAX] results.
final class Deliveries {
  private final Mesh mesh;
  private final Node node;
  private final Map<NodeName, Long> numbers = new HashMap<>();
  private final Map<NodeName, Sender> senders = new HashMap<>();

  /// A node that sends parcels.
  private static final class Sender {
    final int life;

    /// The number of the parcel that is taken next.
    long next;

    /// What became of parcels.
    final TreeMap<Long, Optional<ExitReason>> results = new TreeMap<>();

    Sender(int life) {
      this.life = life;
    }
  }

  Deliveries(Mesh mesh) {
    this.mesh = mesh;
    this.node = mesh.node();
  }

  /// The number of the next parcel to a node.
  synchronized long next(NodeName to) {
    return numbers.merge(to, 1L, Long::sum);
  }

  /// A parcel has come: delivers it, unless it was before or another is to come first.
  ///
  /// @return what its sender is to be told
  synchronized Post.Told take(Post.Parcel parcel) {
    Replication.Origin self = new Replication.Origin(node.name(), node.incarnation());
    Sender sender = senders.get(parcel.from().node());
    if (sender == null || sender.life != parcel.from().life()) {
      sender = new Sender(parcel.from().life());
      senders.put(parcel.from().node(), sender);
    }
    sender.results.headMap(parcel.floor()).clear();
    sender.next = Math.max(sender.next, parcel.floor());
    if (parcel.number() > sender.next) {
      return new Post.Missing(self, sender.next);
    }
    if (parcel.number() == sender.next) {
      sender.next++;
      sender.results.put(parcel.number(), deliver(parcel));
    }
    return new Post.Receipt(
        self,
        parcel.number(),
        sender.results.getOrDefault(parcel.number(), Optional.of(ExitReason.timeout())));
  }

  private Optional<ExitReason> deliver(Post.Parcel parcel) {
    Address<?> to =
        parcel.process().isPresent()
            ? parcel.process().get()
            : Name.of(parcel.name(), Object.class);
    Deed deed =
        new Deed.Send(
            parcel.process().map(ProcessRef::pid).flatMap(node::nameOf).orElse(parcel.name()));
    if (!mesh.permits(parcel.from().node(), deed)) {
      mesh.denied(parcel.from().node(), deed);
      return Optional.of(Mesh.notAllowed(deed));
    }
    return node.offer(to, parcel.message());
  }
}
