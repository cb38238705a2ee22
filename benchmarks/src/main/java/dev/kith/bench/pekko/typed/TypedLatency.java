package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Latency;
import dev.kith.bench.workload.Nuisance;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Timetable;
import dev.kith.bench.workload.VirtualThreads;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A virtual thread that asks a behavior. Those that spin and block are on the dispatcher that
/// Pekko has for them: on the other one they would hold its threads.
final class TypedLatency extends OnTyped implements Latency {
  enum Again {
    AGAIN
  }

  /// Something to do again and again.
  interface Habit {
    void indulge() throws InterruptedException;
  }

  private final ActorRef<Question> server;

  TypedLatency(Dispatcher dispatcher) throws Exception {
    super(dispatcher);
    server = spawn(Question.answerer());
    spawn(indulgingIn(Nuisance::spin), DispatcherSelector.blocking()).tell(Again.AGAIN);
    spawn(indulgingIn(Nuisance::block), DispatcherSelector.blocking()).tell(Again.AGAIN);
  }

  @Override
  public void call(Timetable timetable) throws Exception {
    Patience.await(
        VirtualThreads.start(() -> {
          timetable.run(() -> TypedCalls.call(this, server));
          return timetable;
        }));
  }

  private static Behavior<Again> indulgingIn(Habit habit) {
    return Behaviors.receive((context, again) -> {
      habit.indulge();
      context.getSelf().tell(again);
      return Behaviors.same();
    });
  }
}
