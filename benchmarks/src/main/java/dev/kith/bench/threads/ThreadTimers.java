package dev.kith.bench.threads;

import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Tally;
import dev.kith.bench.workload.Timers;
import java.util.concurrent.locks.LockSupport;

/// A thread for each timer, which sleeps; one thread for each owner, which starts them.
final class ThreadTimers extends OnThreads implements Timers {
  private final int owners;
  private long expected;
  private Tally fired = new Tally(0);

  ThreadTimers(int owners) {
    this.owners = owners;
  }

  @Override
  public int owners() {
    return owners;
  }

  @Override
  public void set(int timersEach, long dueAt) throws Exception {
    expected = (long) owners * timersEach;
    Tally all = new Tally(expected);
    Tally set = new Tally(expected);
    fired = all;
    for (int i = 0; i < owners; i++) {
      start(() -> {
        for (int timer = 0; timer < timersEach; timer++) {
          start(() -> sleepUntil(dueAt, set, all));
        }
      });
    }
    set.await();
  }

  private static void sleepUntil(long dueAt, Tally set, Tally fired) {
    set.count();
    while (Stopwatch.now() < dueAt) {
      LockSupport.parkNanos(dueAt - Stopwatch.now());
    }
    fired.count();
  }

  @Override
  public long awaitAll() throws Exception {
    fired.await();
    return expected;
  }
}
