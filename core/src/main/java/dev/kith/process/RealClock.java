package dev.kith.process;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The machine's clock.
///
/// Alarms are the JDK's: a `ForkJoinPool` of one thread, whose delay queue (since JDK 25) takes and
/// cancels millions of entries without a lock.
final class RealClock implements Clock {
  /// Rings the alarms; null while no node runs. Written under the run queues' lock.
  private volatile @Nullable ForkJoinPool alarms;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public Alarm schedule(long atNanos, Runnable task) {
    ForkJoinPool pool = alarms;
    if (pool == null) {
      return () -> {};
    }
    ScheduledFuture<?> alarm =
        pool.schedule(task, Math.max(0, atNanos - nanos()), TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  /// The first node starts.
  void start() {
    ForkJoinPool pool = new ForkJoinPool(1, RealClock::newThread, null, true);
    var _ =
        pool.schedule(
            () -> {}, 0, TimeUnit.NANOSECONDS); // starts its thread, not deep in some stack
    alarms = pool;
  }

  /// The last node has ended: alarms that are set never ring.
  void stop() {
    ForkJoinPool pool = alarms;
    alarms = null;
    if (pool != null) {
      pool.shutdownNow();
    }
  }

  private static ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("kith-alarms");
    return thread;
  }
}
