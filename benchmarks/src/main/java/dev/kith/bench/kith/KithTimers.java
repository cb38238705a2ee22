package dev.kith.bench.kith;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Tally;
import dev.kith.bench.workload.Timers;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Servers that send themselves messages later.
final class KithTimers extends OnNode implements Timers {
  sealed interface Message {}

  record Set(int timers, long dueAt, Tally set, CompletableFuture<Long> fired) implements Message {}

  enum Fired implements Message {
    FIRED
  }

  private final List<ProcessRef<Message>> owners = new ArrayList<>();
  private final List<CompletableFuture<Long>> fired = new ArrayList<>();

  KithTimers(int owners) {
    for (int i = 0; i < owners; i++) {
      this.owners.add(node.spawn(Message.class, Owner::new));
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
    for (ProcessRef<Message> owner : owners) {
      CompletableFuture<Long> ownFired = new CompletableFuture<>();
      fired.add(ownFired);
      owner.send(new Set(timersEach, dueAt, set, ownFired));
    }
    set.await();
  }

  @Override
  public long awaitAll() throws Exception {
    return Patience.awaitSum(fired);
  }

  private static final class Owner implements Server<Message> {
    private Set order = new Set(0, 0, new Tally(0), new CompletableFuture<>());
    private long fired;

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Set set -> {
          order = set;
          fired = 0;
          for (int i = 0; i < set.timers(); i++) {
            self.sendAfter(Duration.ofNanos(set.dueAt() - Stopwatch.now()), Fired.FIRED);
          }
          set.set().count();
        }
        case Fired _ -> {
          if (++fired == order.timers()) {
            order.fired().complete(fired);
          }
        }
      }
    }
  }
}
