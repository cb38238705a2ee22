package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Tally;
import dev.kith.bench.workload.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Behaviors that schedule messages to themselves.
final class TypedTimers extends OnTyped implements Timers {
  sealed interface Message {}

  record Set(int timers, long dueAt, Tally set, CompletableFuture<Long> fired) implements Message {}

  enum Fired implements Message {
    FIRED
  }

  private final List<ActorRef<Message>> owners;
  private final List<CompletableFuture<Long>> fired = new ArrayList<>();

  TypedTimers(Dispatcher dispatcher, int owners) throws Exception {
    super(dispatcher);
    this.owners = spawn(owners, _ -> Owner.owner());
  }

  @Override
  public int owners() {
    return owners.size();
  }

  @Override
  public void set(int timersEach, long dueAt) throws Exception {
    fired.clear();
    Tally set = new Tally(owners.size());
    for (ActorRef<Message> owner : owners) {
      CompletableFuture<Long> ownFired = new CompletableFuture<>();
      fired.add(ownFired);
      owner.tell(new Set(timersEach, dueAt, set, ownFired));
    }
    set.await();
  }

  @Override
  public long awaitAll() throws Exception {
    return Patience.awaitSum(fired);
  }

  private static final class Owner {
    private Set order = new Set(0, 0, new Tally(0), new CompletableFuture<>());
    private long fired;

    static Behavior<Message> owner() {
      return Behaviors.setup(_ -> Behaviors.receive(new Owner()::handle));
    }

    private Behavior<Message> handle(ActorContext<Message> context, Message message) {
      switch (message) {
        case Set set -> {
          order = set;
          fired = 0;
          for (int i = 0; i < set.timers(); i++) {
            Duration delay = Duration.ofNanos(set.dueAt() - Stopwatch.now());
            context.scheduleOnce(delay, context.getSelf(), Fired.FIRED);
          }
          set.set().count();
        }
        case Fired _ -> {
          if (++fired == order.timers()) {
            order.fired().complete(fired);
          }
        }
      }
      return Behaviors.same();
    }
  }
}
