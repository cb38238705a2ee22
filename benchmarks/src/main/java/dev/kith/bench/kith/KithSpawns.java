package dev.kith.bench.kith;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Spawns;
import dev.kith.process.Exit;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.concurrent.CompletableFuture;

/// A server that traps exits, and servers linked to it.
final class KithSpawns extends OnNode implements Spawns {
  sealed interface Message {}

  record Spawn(long children, CompletableFuture<Long> done) implements Message {}

  enum SpawnMore implements Message {
    SPAWN_MORE
  }

  record Ended(Exit exit) implements Message {}

  /// What a child is for.
  enum Work {
    WORK
  }

  private final ProcessRef<Message> parent = node.spawn(Message.class, Parent::new);

  @Override
  public long spawn(long children) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    parent.send(new Spawn(children, done));
    return Patience.await(done);
  }

  private static final class Parent implements Server<Message> {
    private static final ProcessSpec<Work> CHILD = ProcessSpec.server(Work.class, Child::new);

    private Spawn order = new Spawn(0, new CompletableFuture<>());
    private long spawned;
    private long ended;

    @Override
    public void started(Self<Message> self) {
      self.trapExits(Ended::new);
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Spawn spawn -> {
          order = spawn;
          spawned = 0;
          ended = 0;
          spawnBatch(self);
        }
        case SpawnMore _ -> spawnBatch(self);
        case Ended(Exit(_, ExitReason.Normal _)) -> {
          if (++ended == order.children()) {
            order.done().complete(ended);
          }
        }
        case Ended(Exit(_, ExitReason reason)) -> self.exit(reason);
      }
    }

    private void spawnBatch(Self<Message> self) {
      long until = Math.min(order.children(), spawned + BATCH);
      while (spawned < until) {
        spawned++;
        self.spawnLinked(CHILD).send(Work.WORK);
      }
      if (spawned < order.children()) {
        self.ref().send(SpawnMore.SPAWN_MORE);
      }
    }
  }

  private static final class Child implements Server<Work> {
    @Override
    public void handle(Self<Work> self, Work work) {
      self.exit(ExitReason.normal());
    }
  }
}
