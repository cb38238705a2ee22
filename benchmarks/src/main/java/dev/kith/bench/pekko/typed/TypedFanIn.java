package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.FanIn;
import dev.kith.bench.workload.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Behaviors that send to one.
final class TypedFanIn extends OnTyped implements FanIn {
  sealed interface Incoming {}

  record Expect(long messages, CompletableFuture<Long> done) implements Incoming {}

  enum Item implements Incoming {
    ITEM
  }

  record LastOfBatch(ActorRef<Outgoing> sender) implements Incoming {}

  sealed interface Outgoing {}

  record Begin(long batches) implements Outgoing {}

  enum Acknowledged implements Outgoing {
    ACKNOWLEDGED
  }

  private final ActorRef<Incoming> receiver;
  private final List<ActorRef<Outgoing>> senders;

  TypedFanIn(Dispatcher dispatcher, int senders) throws Exception {
    super(dispatcher);
    receiver = spawn(Receiver.receiving());
    this.senders = spawn(senders, _ -> Sender.sendingTo(receiver));
  }

  @Override
  public int senders() {
    return senders.size();
  }

  @Override
  public long send(long batchesEach) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    receiver.tell(new Expect(batchesEach * BATCH * senders(), done));
    senders.forEach(sender -> sender.tell(new Begin(batchesEach)));
    return Patience.await(done);
  }

  private static final class Sender {
    private final ActorContext<Outgoing> context;
    private final ActorRef<Incoming> receiver;
    private long batchesLeft;

    private Sender(ActorContext<Outgoing> context, ActorRef<Incoming> receiver) {
      this.context = context;
      this.receiver = receiver;
    }

    static Behavior<Outgoing> sendingTo(ActorRef<Incoming> receiver) {
      return Behaviors.setup(
          context -> Behaviors.receiveMessage(new Sender(context, receiver)::handle));
    }

    private Behavior<Outgoing> handle(Outgoing message) {
      switch (message) {
        case Begin(long batches) -> {
          batchesLeft = batches;
          for (int i = 0; i < BATCHES_AHEAD; i++) {
            sendBatch();
          }
        }
        case Acknowledged _ -> sendBatch();
      }
      return Behaviors.same();
    }

    private void sendBatch() {
      if (batchesLeft > 0) {
        batchesLeft--;
        for (int i = 1; i < BATCH; i++) {
          receiver.tell(Item.ITEM);
        }
        receiver.tell(new LastOfBatch(context.getSelf()));
      }
    }
  }

  private static final class Receiver {
    private Expect expected = new Expect(0, new CompletableFuture<>());
    private long received;

    static Behavior<Incoming> receiving() {
      return Behaviors.setup(_ -> Behaviors.receiveMessage(new Receiver()::handle));
    }

    private Behavior<Incoming> handle(Incoming message) {
      switch (message) {
        case Item _ -> received();
        case LastOfBatch(ActorRef<Outgoing> sender) -> {
          received();
          sender.tell(Acknowledged.ACKNOWLEDGED);
        }
        case Expect expect -> {
          expected = expect;
          received = 0;
        }
      }
      return Behaviors.same();
    }

    private void received() {
      if (++received == expected.messages()) {
        expected.done().complete(received);
      }
    }
  }
}
