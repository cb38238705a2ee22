package dev.kith.cluster;

import dev.kith.process.Address;
import dev.kith.process.Cancel;
import dev.kith.process.ExitReason;
import dev.kith.process.NodeName;
import dev.kith.process.NodeUp;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.RemoteName;
import dev.kith.process.ReplyTo;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * Parcels have numbers, and the other side takes them in that order and no other. Each carries the number of
 * the first that is not settled, so that the other side neither waits for one that was given up nor remembers
 * what nobody will ask for again.
 *
 * They leave in one run, from `next` on, a slice in a turn, so that a busy link slows it (SIG-9). The run begins
 * again at the first that is open when the node is there again and when nothing was settled for a while, and at
 * the one that the other side misses: once for each, because everything behind a gap says the same.
 */
/// The process that has parcels delivered to one other node.
final class Courier implements Server<Courier.Message> {
  /// After so long without a receipt all is sent again.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Parcels in a turn.
  private static final int SLICE = 64;

  private final Deliveries deliveries;
  private final NodeName other;

  /// What is not settled, by number.
  private final SortedMap<Long, Waiting> open = new TreeMap<>();

  /// Everything before this number was sent.
  private long next;

  /// Where the run began again last, because that one was missing.
  private long missed;

  private boolean goesOn;
  private @Nullable Cancel alarm;

  sealed interface Message {}

  /// Something to deliver.
  record Deliver(Address<?> to, Object message, Duration within, ReplyTo<Arrived> sender)
      implements Message {}

  /// What became of a parcel.
  record Settled(Post.Receipt receipt) implements Message {}

  /// The other side waits for this one.
  record Again(long from) implements Message {}

  /// Nobody waits for a parcel any longer.
  record GivenUp(long number) implements Message {}

  /// The other node is there.
  record Reached() implements Message {}

  /// Nothing was settled for a while.
  record Silence() implements Message {}

  /// There is more to send.
  record GoOn() implements Message {}

  /// A parcel that is not settled.
  private record Waiting(Deliver order, Cancel timer) {}

  private Courier(Deliveries deliveries, NodeName other) {
    this.deliveries = deliveries;
    this.other = other;
  }

  static ProcessSpec<Message> spec(Deliveries deliveries, NodeName other) {
    return ProcessSpec.server(Message.class, () -> new Courier(deliveries, other));
  }

  @Override
  public void started(Self<Message> self) {
    self.subscribe(
        NodeUp.class, up -> up.node().equals(other) ? new Reached() : new Again(Long.MAX_VALUE));
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Deliver order -> deliver(self, order);
      case Settled(Post.Receipt receipt) -> settled(self, receipt);
      case GivenUp(long number) -> givenUp(number);
      case Again(long from) -> {
        if (from < next && from != missed) {
          missed = from;
          next = from;
          run(self);
        }
      }
      case Reached() -> beginAgain(self);
      case Silence() -> {
        alarm = null;
        beginAgain(self);
        watch(self);
      }
      case GoOn() -> {
        goesOn = false;
        run(self);
      }
    }
  }

  private void deliver(Self<Message> self, Deliver order) {
    if (open.size() >= Confirmed.WAITING_MAX) {
      order.sender().fail(ExitReason.overloaded());
      return;
    }
    long number = deliveries.next(other);
    Waiting one = new Waiting(order, self.sendAfter(order.within(), new GivenUp(number)));
    open.put(number, one);
    run(self);
    watch(self);
  }

  private void beginAgain(Self<Message> self) {
    next = 0;
    missed = 0;
    run(self);
  }

  /// Sends some of what is next.
  private void run(Self<Message> self) {
    if (goesOn) {
      return;
    }
    int sent = 0;
    for (Map.Entry<Long, Waiting> one : open.tailMap(next).entrySet()) {
      if (sent++ == SLICE) {
        goesOn = true;
        self.send(self.ref(), new GoOn());
        return;
      }
      send(self, one.getKey(), one.getValue());
      next = one.getKey() + 1;
    }
  }

  private void send(Self<Message> self, long number, Waiting one) {
    Replication.Origin from = new Replication.Origin(self.node().name(), self.node().incarnation());
    Address<?> to = one.order.to();
    Optional<ProcessRef<?>> process =
        to instanceof ProcessRef<?> known ? Optional.of(known) : Optional.empty();
    String name = to instanceof RemoteName<?> remote ? remote.name().text() : "";
    self.send(
        Post.NAME.at(other),
        new Post.Parcel(from, number, open.firstKey(), process, name, one.order.message()));
  }

  private void settled(Self<Message> self, Post.Receipt receipt) {
    Waiting one = open.remove(receipt.number());
    if (one != null) {
      one.timer.cancel();
      Post.settle(one.order.sender(), receipt.refusal());
      if (alarm != null) {
        alarm.cancel();
        alarm = null;
      }
      watch(self);
    }
  }

  private void givenUp(long number) {
    Waiting one = open.remove(number);
    if (one != null) {
      one.order.sender().fail(ExitReason.timeout());
    }
  }

  private void watch(Self<Message> self) {
    if (alarm == null && !open.isEmpty()) {
      alarm = self.sendAfter(PATIENCE, new Silence());
    }
  }

  @Override
  public Object inspect() {
    return open.keySet();
  }
}
