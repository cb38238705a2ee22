package dev.kith.bench.threads;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Spawns;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/// A thread that starts threads, which tell it that they end.
final class ThreadSpawns extends OnThreads implements Spawns {
  sealed interface Message {}

  record Spawn(long children, CompletableFuture<Long> done) implements Message {}

  enum SpawnMore implements Message {
    SPAWN_MORE
  }

  enum Ended implements Message {
    ENDED
  }

  /// What a child is for.
  enum Work {
    WORK
  }

  private final BlockingQueue<Message> parent = mailbox();

  ThreadSpawns() {
    startForEver(new Parent(parent));
  }

  @Override
  public long spawn(long children) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    parent.put(new Spawn(children, done));
    return Patience.await(done);
  }

  private static final class Parent implements Life {
    private final BlockingQueue<Message> mailbox;
    private Spawn order = new Spawn(0, new CompletableFuture<>());
    private long spawned;
    private long ended;

    Parent(BlockingQueue<Message> mailbox) {
      this.mailbox = mailbox;
    }

    @Override
    public void live() throws InterruptedException {
      switch (mailbox.take()) {
        case Spawn spawn -> {
          order = spawn;
          spawned = 0;
          ended = 0;
          spawnBatch();
        }
        case SpawnMore _ -> spawnBatch();
        case Ended _ -> {
          if (++ended == order.children()) {
            order.done().complete(ended);
          }
        }
      }
    }

    private void spawnBatch() throws InterruptedException {
      long until = Math.min(order.children(), spawned + BATCH);
      while (spawned < until) {
        spawned++;
        BlockingQueue<Work> child = OnThreads.mailbox();
        start(new Child(child, mailbox));
        child.put(Work.WORK);
      }
      if (spawned < order.children()) {
        mailbox.put(SpawnMore.SPAWN_MORE);
      }
    }
  }

  private record Child(BlockingQueue<Work> mailbox, BlockingQueue<Message> parent) implements Life {
    @Override
    public void live() throws InterruptedException {
      mailbox.take();
      parent.put(Ended.ENDED);
    }
  }
}
