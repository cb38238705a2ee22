package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Latency;
import dev.kith.bench.workload.Nuisance;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Timetable;
import dev.kith.bench.workload.VirtualThreads;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.UntypedAbstractActor;

/// A virtual thread that asks one. Those that spin and block are on the dispatcher that Pekko has
/// for them: on the other one they would hold its threads.
final class ClassicLatency extends OnClassic implements Latency {
  enum Again {
    AGAIN
  }

  private final ActorRef server;

  ClassicLatency(Dispatcher dispatcher) {
    super(dispatcher);
    server = spawn(Question.Answerer.class, Question.Answerer::new);
    tell(
        system.actorOf(props(Spinner.class, Spinner::new).withDispatcher(Dispatcher.FOR_BLOCKING)),
        Again.AGAIN);
    tell(
        system.actorOf(props(Blocker.class, Blocker::new).withDispatcher(Dispatcher.FOR_BLOCKING)),
        Again.AGAIN);
  }

  @Override
  public void call(Timetable timetable) throws Exception {
    Patience.await(
        VirtualThreads.start(() -> {
          timetable.run(() -> ClassicCalls.call(server));
          return timetable;
        }));
  }

  private static final class Spinner extends UntypedAbstractActor {
    @Override
    public void onReceive(Object again) {
      Nuisance.spin();
      getSelf().tell(again, getSelf());
    }
  }

  private static final class Blocker extends UntypedAbstractActor {
    @Override
    public void onReceive(Object again) throws InterruptedException {
      Nuisance.block();
      getSelf().tell(again, getSelf());
    }
  }
}
