package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Downs;
import dev.kith.bench.workload.Tally;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.UntypedAbstractActor;

/// Many of them that watch one.
final class ClassicDowns extends OnClassic implements Downs {
  record Watch(ActorRef target, Tally watching, Tally told) {}

  enum Leave {
    LEAVE
  }

  /// Answered when all that was sent before has been handled.
  record Barrier(Tally reached) {}

  private final List<ActorRef> watchers = new ArrayList<>();
  private ActorRef target;
  private Tally told = new Tally(0);

  ClassicDowns(Dispatcher dispatcher) {
    super(dispatcher);
    target = spawn(Target.class, Target::new);
  }

  /// A watch is a system message, which comes to the target before any other.
  @Override
  public void watch(int count) throws Exception {
    while (watchers.size() < count) {
      watchers.add(spawn(Watcher.class, Watcher::new));
    }
    Tally watching = new Tally(count);
    told = new Tally(count);
    for (ActorRef watcher : watchers.subList(0, count)) {
      tell(watcher, new Watch(target, watching, told));
    }
    watching.await();
    Tally reached = new Tally(1);
    tell(target, new Barrier(reached));
    reached.await();
  }

  @Override
  public void end() throws Exception {
    tell(target, Leave.LEAVE);
    told.await();
    target = spawn(Target.class, Target::new);
  }

  private static final class Watcher extends UntypedAbstractActor {
    private Tally told = new Tally(0);

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Watch watch -> {
          told = watch.told();
          getContext().watch(watch.target());
          watch.watching().count();
        }
        case Terminated _ -> told.count();
        default -> unhandled(message);
      }
    }
  }

  private static final class Target extends UntypedAbstractActor {
    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Leave _ -> getContext().stop(getSelf());
        case Barrier(Tally reached) -> reached.count();
        default -> unhandled(message);
      }
    }
  }
}
