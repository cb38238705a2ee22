package dev.kith.cluster;

import dev.kith.process.Address;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.RemoteName;
import dev.kith.process.ReplyTo;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The process that takes in what is to be delivered with confirmation: from processes of this node
/// for others, for which it has one [Courier] a node, and from others for this node.
final class Post implements Server<Post.Message> {
  static final Name<Message> NAME = Name.of("kith.post", Message.class);

  private final Deliveries deliveries;
  private final Map<NodeName, ProcessRef<Courier.Message>> couriers =
      new TreeMap<>((one, other) -> one.text().compareTo(other.text()));

  sealed interface Message {}

  /// A process of this node sends something.
  record Send(Address<?> to, Object message, Duration within)
      implements Message, Request<Arrived> {}

  /// Between nodes.
  sealed interface Told extends Message {
    /// Who tells.
    Replication.Origin from();
  }

  /// Something to deliver: to a process, or to who has a name.
  ///
  /// @param number its place in the order of all that this sender's node sends to this node
  /// @param floor everything before this number is settled
  record Parcel(
      Replication.Origin from,
      long number,
      long floor,
      Optional<ProcessRef<?>> process,
      String name,
      Object message)
      implements Told {}

  /// What became of a parcel.
  ///
  /// @param refusal why it was not delivered; empty if it was
  record Receipt(Replication.Origin from, long number, Optional<ExitReason> refusal)
      implements Told {}

  /// A parcel has come, and one before it has not.
  ///
  /// @param number the one that is missing
  record Missing(Replication.Origin from, long number) implements Told {}

  Post(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Send send -> send(self, send);
      case Parcel parcel -> self.send(NAME.at(parcel.from().node()), deliveries.take(parcel));
      case Receipt receipt -> tell(self, receipt.from(), new Courier.Settled(receipt));
      case Missing(var from, long number) -> tell(self, from, new Courier.Again(number));
    }
  }

  private void send(Self<Message> self, Send send) {
    Optional<NodeName> other = nodeOf(send.to()).filter(node -> !node.equals(self.node().name()));
    ReplyTo<Arrived> to = self.replyTo(send);
    if (other.isEmpty()) {
      settle(to, self.node().offer(send.to(), send.message()));
      return;
    }
    ProcessRef<Courier.Message> courier =
        couriers.computeIfAbsent(
            other.get(), node -> self.spawnLinked(Courier.spec(deliveries, node)));
    self.send(courier, new Courier.Deliver(send.to(), send.message(), send.within(), to));
  }

  private static Optional<NodeName> nodeOf(Address<?> address) {
    return switch (address) {
      case ProcessRef<?> process -> Optional.of(process.pid().node());
      case RemoteName<?> name -> Optional.of(name.node());
      case Name<?> _ -> Optional.empty();
    };
  }

  /// Tells who sent what became of it.
  static void settle(ReplyTo<Arrived> to, Optional<ExitReason> refusal) {
    refusal.ifPresentOrElse(to::fail, () -> to.reply(Arrived.ARRIVED));
  }

  private void tell(Self<Message> self, Replication.Origin from, Courier.Message news) {
    ProcessRef<Courier.Message> courier = couriers.get(from.node());
    if (courier != null) {
      self.send(courier, news);
    }
  }

  @Override
  public Object inspect() {
    return couriers.keySet();
  }
}
