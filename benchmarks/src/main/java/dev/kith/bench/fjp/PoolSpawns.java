package dev.kith.bench.fjp;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Spawns;
import java.util.concurrent.CompletableFuture;

/// A cell that makes cells. A cell has no end: its last message to the parent stands for that.
final class PoolSpawns extends OnPool implements Spawns {
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

  private final Parent parent = new Parent();

  @Override
  public long spawn(long children) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    parent.send(new Spawn(children, done));
    return Patience.await(done);
  }

  @SuppressWarnings("serial")
  private final class Parent extends Cell<Message> {
    private Spawn order = new Spawn(0, new CompletableFuture<>());
    private long spawned;
    private long ended;

    Parent() {
      super(pool);
    }

    @Override
    void handle(Message message) {
      switch (message) {
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

    private void spawnBatch() {
      long until = Math.min(order.children(), spawned + BATCH);
      while (spawned < until) {
        spawned++;
        new Child().send(Work.WORK);
      }
      if (spawned < order.children()) {
        send(SpawnMore.SPAWN_MORE);
      }
    }
  }

  @SuppressWarnings("serial")
  private final class Child extends Cell<Work> {
    Child() {
      super(pool);
    }

    @Override
    void handle(Work work) {
      parent.send(Ended.ENDED);
    }
  }
}
