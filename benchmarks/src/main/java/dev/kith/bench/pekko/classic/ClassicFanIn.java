package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.FanIn;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.UntypedAbstractActor;

/// Many of them that send to one.
final class ClassicFanIn extends OnClassic implements FanIn {
  record Expect(long messages, CompletableFuture<Long> done) {}

  enum Item {
    ITEM,
    LAST_OF_BATCH
  }

  record Begin(long batches) {}

  enum Acknowledged {
    ACKNOWLEDGED
  }

  private final ActorRef receiver;
  private final List<ActorRef> senders = new ArrayList<>();

  ClassicFanIn(Dispatcher dispatcher, int senders) {
    super(dispatcher);
    receiver = spawn(Receiver.class, Receiver::new);
    for (int i = 0; i < senders; i++) {
      this.senders.add(spawn(Sender.class, () -> new Sender(receiver)));
    }
  }

  @Override
  public int senders() {
    return senders.size();
  }

  @Override
  public long send(long batchesEach) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    tell(receiver, new Expect(batchesEach * BATCH * senders(), done));
    senders.forEach(sender -> tell(sender, new Begin(batchesEach)));
    return Patience.await(done);
  }

  private static final class Sender extends UntypedAbstractActor {
    private final ActorRef receiver;
    private long batchesLeft;

    Sender(ActorRef receiver) {
      this.receiver = receiver;
    }

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Begin(long batches) -> {
          batchesLeft = batches;
          for (int i = 0; i < BATCHES_AHEAD; i++) {
            sendBatch();
          }
        }
        case Acknowledged _ -> sendBatch();
        default -> unhandled(message);
      }
    }

    private void sendBatch() {
      if (batchesLeft > 0) {
        batchesLeft--;
        for (int i = 1; i < BATCH; i++) {
          receiver.tell(Item.ITEM, getSelf());
        }
        receiver.tell(Item.LAST_OF_BATCH, getSelf());
      }
    }
  }

  private static final class Receiver extends UntypedAbstractActor {
    private Expect expected = new Expect(0, new CompletableFuture<>());
    private long received;

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Item item -> {
          received++;
          if (item == Item.LAST_OF_BATCH) {
            getSender().tell(Acknowledged.ACKNOWLEDGED, getSelf());
          }
          if (received == expected.messages()) {
            expected.done().complete(received);
          }
        }
        case Expect expect -> {
          expected = expect;
          received = 0;
        }
        default -> unhandled(message);
      }
    }
  }
}
