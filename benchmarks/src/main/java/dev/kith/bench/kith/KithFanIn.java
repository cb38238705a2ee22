package dev.kith.bench.kith;

import dev.kith.bench.workload.FanIn;
import dev.kith.bench.workload.Patience;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Servers that send to a server.
final class KithFanIn extends OnNode implements FanIn {
  sealed interface Incoming {}

  record Expect(long messages, CompletableFuture<Long> done) implements Incoming {}

  enum Item implements Incoming {
    ITEM
  }

  record LastOfBatch(ProcessRef<Outgoing> sender) implements Incoming {}

  sealed interface Outgoing {}

  record Begin(long batches) implements Outgoing {}

  enum Acknowledged implements Outgoing {
    ACKNOWLEDGED
  }

  private final ProcessRef<Incoming> receiver = node.spawn(Incoming.class, Receiver::new);
  private final List<ProcessRef<Outgoing>> senders = new ArrayList<>();

  KithFanIn(int senders) {
    for (int i = 0; i < senders; i++) {
      this.senders.add(node.spawn(Outgoing.class, () -> new Sender(receiver)));
    }
  }

  @Override
  public int senders() {
    return senders.size();
  }

  @Override
  public long send(long batchesEach) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    receiver.send(new Expect(batchesEach * BATCH * senders(), done));
    senders.forEach(sender -> sender.send(new Begin(batchesEach)));
    return Patience.await(done);
  }

  private static final class Sender implements Server<Outgoing> {
    private final ProcessRef<Incoming> receiver;
    private long batchesLeft;

    Sender(ProcessRef<Incoming> receiver) {
      this.receiver = receiver;
    }

    @Override
    public void handle(Self<Outgoing> self, Outgoing message) {
      switch (message) {
        case Begin(long batches) -> {
          batchesLeft = batches;
          for (int i = 0; i < BATCHES_AHEAD; i++) {
            sendBatch(self);
          }
        }
        case Acknowledged _ -> sendBatch(self);
      }
    }

    private void sendBatch(Self<Outgoing> self) {
      if (batchesLeft > 0) {
        batchesLeft--;
        for (int i = 1; i < BATCH; i++) {
          receiver.send(Item.ITEM);
        }
        receiver.send(new LastOfBatch(self.ref()));
      }
    }
  }

  private static final class Receiver implements Server<Incoming> {
    private Expect expected = new Expect(0, new CompletableFuture<>());
    private long received;

    @Override
    public void handle(Self<Incoming> self, Incoming message) {
      switch (message) {
        case Item _ -> received();
        case LastOfBatch(ProcessRef<Outgoing> sender) -> {
          received();
          sender.send(Acknowledged.ACKNOWLEDGED);
        }
        case Expect expect -> {
          expected = expect;
          received = 0;
        }
      }
    }

    private void received() {
      if (++received == expected.messages()) {
        expected.done().complete(received);
      }
    }
  }
}
