package dev.kith.bench.threads;

import dev.kith.bench.workload.FanIn;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/// Threads that send to a thread.
final class ThreadFanIn extends OnThreads implements FanIn {
  sealed interface Incoming {}

  record Expect(long messages, CompletableFuture<Long> done) implements Incoming {}

  enum Item implements Incoming {
    ITEM
  }

  record LastOfBatch(BlockingQueue<Outgoing> sender) implements Incoming {}

  sealed interface Outgoing {}

  record Begin(long batches) implements Outgoing {}

  enum Acknowledged implements Outgoing {
    ACKNOWLEDGED
  }

  private final BlockingQueue<Incoming> receiver = mailbox();
  private final List<BlockingQueue<Outgoing>> senders = new ArrayList<>();

  ThreadFanIn(int senders) {
    startForEver(new Receiver(receiver));
    for (int i = 0; i < senders; i++) {
      Sender sender = new Sender(mailbox(), receiver);
      startForEver(sender);
      this.senders.add(sender.mailbox);
    }
  }

  @Override
  public int senders() {
    return senders.size();
  }

  @Override
  public long send(long batchesEach) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    receiver.put(new Expect(batchesEach * BATCH * senders(), done));
    for (BlockingQueue<Outgoing> sender : senders) {
      sender.put(new Begin(batchesEach));
    }
    return Patience.await(done);
  }

  private static final class Sender implements Life {
    private final BlockingQueue<Outgoing> mailbox;
    private final BlockingQueue<Incoming> receiver;
    private long batchesLeft;

    Sender(BlockingQueue<Outgoing> mailbox, BlockingQueue<Incoming> receiver) {
      this.mailbox = mailbox;
      this.receiver = receiver;
    }

    @Override
    public void live() throws InterruptedException {
      switch (mailbox.take()) {
        case Begin(long batches) -> {
          batchesLeft = batches;
          for (int i = 0; i < BATCHES_AHEAD; i++) {
            sendBatch();
          }
        }
        case Acknowledged _ -> sendBatch();
      }
    }

    private void sendBatch() throws InterruptedException {
      if (batchesLeft > 0) {
        batchesLeft--;
        for (int i = 1; i < BATCH; i++) {
          receiver.put(Item.ITEM);
        }
        receiver.put(new LastOfBatch(mailbox));
      }
    }
  }

  private static final class Receiver implements Life {
    private final BlockingQueue<Incoming> mailbox;
    private Expect expected = new Expect(0, new CompletableFuture<>());
    private long received;

    Receiver(BlockingQueue<Incoming> mailbox) {
      this.mailbox = mailbox;
    }

    @Override
    public void live() throws InterruptedException {
      switch (mailbox.take()) {
        case Item _ -> received();
        case LastOfBatch(BlockingQueue<Outgoing> sender) -> {
          received();
          sender.put(Acknowledged.ACKNOWLEDGED);
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
