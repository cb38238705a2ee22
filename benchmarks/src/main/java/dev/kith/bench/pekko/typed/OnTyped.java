package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A workload with an actor system of its own.
abstract class OnTyped implements AutoCloseable {

  /// To the guardian: start these.
  record Order<M>(
      int count,
      IntFunction<Behavior<M>> behaviors,
      Props props,
      CompletableFuture<List<ActorRef<M>>> started) {

    Behavior<Order<?>> fulfil(ActorContext<Order<?>> context) {
      List<ActorRef<M>> all = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        all.add(context.spawnAnonymous(behaviors.apply(i), props));
      }
      started.complete(all);
      return Behaviors.same();
    }
  }

  final ActorSystem<Order<?>> system;

  OnTyped(Dispatcher dispatcher) {
    Behavior<Order<?>> guardian = Behaviors.receive((context, order) -> order.fulfil(context));
    system = ActorSystem.create(guardian, "bench", dispatcher.config());
  }

  final <M> ActorRef<M> spawn(Behavior<M> behavior) throws Exception {
    return spawn(behavior, Props.empty());
  }

  final <M> ActorRef<M> spawn(Behavior<M> behavior, Props props) throws Exception {
    return spawn(1, _ -> behavior, props).getFirst();
  }

  final <M> List<ActorRef<M>> spawn(int count, IntFunction<Behavior<M>> behaviors)
      throws Exception {
    return spawn(count, behaviors, Props.empty());
  }

  private <M> List<ActorRef<M>> spawn(int count, IntFunction<Behavior<M>> behaviors, Props props)
      throws Exception {
    Order<M> order = new Order<>(count, behaviors, props, new CompletableFuture<>());
    system.tell(order);
    return Patience.await(order.started());
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
