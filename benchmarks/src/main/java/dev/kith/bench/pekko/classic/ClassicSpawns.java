package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Spawns;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.UntypedAbstractActor;

/// One that watches its children.
final class ClassicSpawns extends OnClassic implements Spawns {
  record Spawn(long children, CompletableFuture<Long> done) {}

  enum SpawnMore {
    SPAWN_MORE
  }

  /// What a child is for.
  enum Work {
    WORK
  }

  private final ActorRef parent;

  ClassicSpawns(Dispatcher dispatcher) {
    super(dispatcher);
    parent = spawn(Parent.class, Parent::new);
  }

  @Override
  public long spawn(long children) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    tell(parent, new Spawn(children, done));
    return Patience.await(done);
  }

  private static final class Parent extends UntypedAbstractActor {
    private static final Props CHILD = props(Child.class, Child::new);

    private Spawn order = new Spawn(0, new CompletableFuture<>());
    private long spawned;
    private long ended;

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Spawn spawn -> {
          order = spawn;
          spawned = 0;
          ended = 0;
          spawnBatch();
        }
        case SpawnMore _ -> spawnBatch();
        case Terminated _ -> {
          if (++ended == order.children()) {
            order.done().complete(ended);
          }
        }
        default -> unhandled(message);
      }
    }

    private void spawnBatch() {
      long until = Math.min(order.children(), spawned + BATCH);
      while (spawned < until) {
        spawned++;
        ActorRef child = getContext().actorOf(CHILD);
        getContext().watch(child);
        child.tell(Work.WORK, getSelf());
      }
      if (spawned < order.children()) {
        getSelf().tell(SpawnMore.SPAWN_MORE, getSelf());
      }
    }
  }

  private static final class Child extends UntypedAbstractActor {
    @Override
    public void onReceive(Object work) {
      getContext().stop(getSelf());
    }
  }
}
