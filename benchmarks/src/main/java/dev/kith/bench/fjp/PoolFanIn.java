package dev.kith.bench.fjp;

import dev.kith.bench.workload.FanIn;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Cells that send to a cell.
final class PoolFanIn extends OnPool implements FanIn {
  sealed interface Incoming {}

  record Expect(long messages, CompletableFuture<Long> done) implements Incoming {}

  enum Item implements Incoming {
    ITEM
  }

  record LastOfBatch(Cell<Outgoing> sender) implements Incoming {}

  sealed interface Outgoing {}

  record Begin(long batches) implements Outgoing {}

  enum Acknowledged implements Outgoing {
    ACKNOWLEDGED
  }

  private final Receiver receiver = new Receiver();
  private final List<Sender> senders = new ArrayList<>();

  PoolFanIn(int senders) {
    for (int i = 0; i < senders; i++) {
      this.senders.add(new Sender());
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

  @SuppressWarnings("serial")
  private final class Sender extends Cell<Outgoing> {
    private long batchesLeft;

    Sender() {
      super(pool);
    }

    @Override
    void handle(Outgoing message) {
      switch (message) {
        case Begin(long batches) -> {
          batchesLeft = batches;
          for (int i = 0; i < BATCHES_AHEAD; i++) {
            sendBatch();
          }
        }
        case Acknowledged _ -> sendBatch();
      }
    }

    private void sendBatch() {
      if (batchesLeft > 0) {
        batchesLeft--;
        for (int i = 1; i < BATCH; i++) {
          receiver.send(Item.ITEM);
        }
        receiver.send(new LastOfBatch(this));
      }
    }
  }

  @SuppressWarnings("serial")
  private final class Receiver extends Cell<Incoming> {
    private Expect expected = new Expect(0, new CompletableFuture<>());
    private long received;

    Receiver() {
      super(pool);
    }

    @Override
    void handle(Incoming message) {
      switch (message) {
        case Item _ -> received();
        case LastOfBatch(Cell<Outgoing> sender) -> {
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
