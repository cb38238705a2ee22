package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Tally;
import dev.kith.bench.workload.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.actor.UntypedAbstractActor;
import scala.concurrent.ExecutionContext;

/// Many of them that schedule messages to themselves.
final class ClassicTimers extends OnClassic implements Timers {
  record Set(int timers, long dueAt, Tally set, CompletableFuture<Long> fired) {}

  enum Fired {
    FIRED
  }

  private final List<ActorRef> owners = new ArrayList<>();
  private final List<CompletableFuture<Long>> fired = new ArrayList<>();

  ClassicTimers(Dispatcher dispatcher, int owners) {
    super(dispatcher);
    for (int i = 0; i < owners; i++) {
      this.owners.add(spawn(Owner.class, Owner::new));
    }
  }

  @Override
  public int owners() {
    return owners.size();
  }

  @Override
  public void set(int timersEach, long dueAt) throws Exception {
    fired.clear();
    Tally set = new Tally(owners.size());
    for (ActorRef owner : owners) {
      CompletableFuture<Long> ownFired = new CompletableFuture<>();
      fired.add(ownFired);
      tell(owner, new Set(timersEach, dueAt, set, ownFired));
    }
    set.await();
  }

  @Override
  public long awaitAll() throws Exception {
    return Patience.awaitSum(fired);
  }

  private static final class Owner extends UntypedAbstractActor {
    private Set order = new Set(0, 0, new Tally(0), new CompletableFuture<>());
    private long fired;

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Set set -> {
          order = set;
          fired = 0;
          setTimers(set);
          set.set().count();
        }
        case Fired _ -> {
          if (++fired == order.timers()) {
            order.fired().complete(fired);
          }
        }
        default -> unhandled(message);
      }
    }

    private void setTimers(Set set) {
      Scheduler scheduler = getContext().getSystem().scheduler();
      ExecutionContext context = getContext().dispatcher();
      for (int i = 0; i < set.timers(); i++) {
        Duration delay = Duration.ofNanos(set.dueAt() - Stopwatch.now());
        scheduler.scheduleOnce(delay, getSelf(), Fired.FIRED, context, getSelf());
      }
    }
  }
}
