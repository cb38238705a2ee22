package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Spawns;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A behavior that watches its children.
final class TypedSpawns extends OnTyped implements Spawns {
  sealed interface Message {}

  record Spawn(long children, CompletableFuture<Long> done) implements Message {}

  enum SpawnMore implements Message {
    SPAWN_MORE
  }

  /// What a child is for.
  enum Work {
    WORK
  }

  private static final Behavior<Work> CHILD = Behaviors.receiveMessage(_ -> Behaviors.stopped());

  private final ActorRef<Message> parent;

  TypedSpawns(Dispatcher dispatcher) throws Exception {
    super(dispatcher);
    parent = spawn(Parent.parent());
  }

  @Override
  public long spawn(long children) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    parent.tell(new Spawn(children, done));
    return Patience.await(done);
  }

  private static final class Parent {
    private Spawn order = new Spawn(0, new CompletableFuture<>());
    private long spawned;
    private long ended;

    static Behavior<Message> parent() {
      return Behaviors.setup(_ -> {
        Parent parent = new Parent();
        return Behaviors.receive(parent::handle, parent::hear);
      });
    }

    private Behavior<Message> handle(ActorContext<Message> context, Message message) {
      switch (message) {
        case Spawn spawn -> {
          order = spawn;
          spawned = 0;
          ended = 0;
          spawnBatch(context);
        }
        case SpawnMore _ -> spawnBatch(context);
      }
      return Behaviors.same();
    }

    private void spawnBatch(ActorContext<Message> context) {
      long until = Math.min(order.children(), spawned + BATCH);
      while (spawned < until) {
        spawned++;
        ActorRef<Work> child = context.spawnAnonymous(CHILD);
        context.watch(child);
        child.tell(Work.WORK);
      }
      if (spawned < order.children()) {
        context.getSelf().tell(SpawnMore.SPAWN_MORE);
      }
    }

    private Behavior<Message> hear(ActorContext<Message> context, Signal signal) {
      boolean end = signal instanceof Terminated && !(signal instanceof ChildFailed);
      if (end && ++ended == order.children()) {
        order.done().complete(ended);
      }
      return Behaviors.same();
    }
  }
}
