package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Idle;
import dev.kith.bench.workload.Tally;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;

/// Many of them with nothing to do.
final class ClassicIdle extends OnClassic implements Idle {
  record Touch(Tally touched) {}

  record End(Tally ended) {}

  private static final Props IDLER = props(Idler.class, Idler::new);

  private final List<ActorRef> idlers = new ArrayList<>();

  ClassicIdle(Dispatcher dispatcher) {
    super(dispatcher);
  }

  @Override
  public void fill(int processes) throws Exception {
    Tally touched = new Tally(processes);
    for (int i = 0; i < processes; i++) {
      ActorRef idler = system.actorOf(IDLER);
      tell(idler, new Touch(touched));
      idlers.add(idler);
    }
    touched.await();
  }

  @Override
  public void empty() throws Exception {
    Tally ended = new Tally(idlers.size());
    idlers.forEach(idler -> tell(idler, new End(ended)));
    idlers.clear();
    ended.await();
  }

  private static final class Idler extends UntypedAbstractActor {
    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Touch(Tally touched) -> touched.count();
        case End(Tally ended) -> {
          ended.count();
          getContext().stop(getSelf());
        }
        default -> unhandled(message);
      }
    }
  }
}
