package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;
import org.apache.pekko.japi.Creator;

/// A workload with an actor system of its own.
@SuppressWarnings("deprecation") // Props takes no other kind of Creator
abstract class OnClassic implements AutoCloseable {
  final ActorSystem system;

  OnClassic(Dispatcher dispatcher) {
    system = ActorSystem.create("bench", dispatcher.config());
  }

  static <A extends UntypedAbstractActor> Props props(Class<A> type, Creator<A> creator) {
    return Props.create(type, creator);
  }

  final <A extends UntypedAbstractActor> ActorRef spawn(Class<A> type, Creator<A> creator) {
    return system.actorOf(props(type, creator));
  }

  static void tell(ActorRef to, Object message) {
    to.tell(message, ActorRef.noSender());
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
