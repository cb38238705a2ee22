package dev.kith.process;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * It ticks about every millisecond while anybody is awake, and sleeps when all have slept for a while; who
 * wakes a worker wakes it too. It throws a look away if it was itself late: after a stop of the whole JVM
 * everybody would look stuck.
 *
 * In a tick it samples what runs, finds workers that do not come back from a turn, takes over killed
 * processes, sees that virtual threads get carriers, and tells the nodes when the spares are used up.
 */
/// The thread that looks after the workers and advances coarse time.
///
/// **Threading.** Its own thread, but for [#wake] and [#condemn].
final class MonitorThread extends Thread {
  private static final long TICK_NANOS = 1_000_000;

  /// A look that comes later than this after the last is thrown away.
  private static final long TICK_LATE_NANOS = 8 * TICK_NANOS;

  /// Ticks in one turn after which a worker counts as stuck.
  private static final int STUCK_TICKS = 8;

  /// Ticks without anybody awake after which this thread sleeps too.
  private static final int REST_TICKS = 200;

  private final RunQueues queues;
  private final Workers workers;

  /// Killed processes that it looks after.
  private final ConcurrentLinkedQueue<Condemned> condemned = new ConcurrentLinkedQueue<>();

  private volatile boolean dismissed;

  /// Whether it sleeps until somebody is awake.
  private volatile boolean rests;

  /// The nodes were told that the spares are used up.
  private boolean toldOfExhaustion;

  private record Condemned(LocalProcess<?> process, int since) {}

  MonitorThread(RunQueues queues, Workers workers) {
    super(null, null, "kith-monitor", 0, false);
    this.queues = queues;
    this.workers = workers;
    setDaemon(true);
  }

  /// Somebody is awake.
  void wake() {
    if (rests) {
      rests = false;
      LockSupport.unpark(this);
    }
  }

  /// A killed process is to be taken over if it does not come back by itself.
  void condemn(LocalProcess<?> killed) {
    condemned.add(new Condemned(killed, queues.ticker.now()));
    wake();
  }

  /// It ends soon.
  void dismiss() {
    dismissed = true;
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    long last = queues.clock.nanos();
    int quiet = 0;
    while (!dismissed) {
      LockSupport.parkNanos(this, TICK_NANOS);
      Thread.interrupted();
      long now = queues.clock.nanos();
      queues.ticker.advance();
      quiet = tick(now - last > TICK_LATE_NANOS) ? 0 : quiet + 1;
      last = now;
      if (quiet > REST_TICKS) {
        restUntilWoken();
        quiet = 0;
        last = queues.clock.nanos();
      }
    }
  }

  /// Whether anybody is awake, or may be.
  private boolean tick(boolean late) {
    boolean awake = look(late);
    boolean reaping = reapCondemned();
    boolean unsure = lookAtCarriers();
    tellOfExhaustion();
    return awake || reaping || unsure;
  }

  private void restUntilWoken() {
    rests = true;
    if (condemned.isEmpty() && allAsleep()) {
      while (rests && !dismissed) {
        LockSupport.park(this);
        Thread.interrupted();
      }
    }
    rests = false;
  }

  private boolean allAsleep() {
    for (Worker worker : workers.all()) {
      if (!worker.isAsleep()) {
        return false;
      }
    }
    return true;
  }

  /// Looks at every worker; whether any is awake.
  private boolean look(boolean late) {
    boolean awake = false;
    for (Worker worker : workers.all()) {
      if (!worker.isAsleep()) {
        awake = true;
        look(worker, late);
      }
    }
    return awake || !queues.global.isEmpty();
  }

  private void look(Worker worker, boolean late) {
    LocalProcess<?> running = worker.current;
    if (running != null && !late) {
      running.samples++;
    }
    long beat = worker.beat();
    if (late || beat != worker.seenBeat || !Worker.isTurn(beat)) {
      worker.seenBeat = beat;
      worker.seenTicks = 0;
    } else {
      overstays(worker, running);
    }
  }

  /// A worker has been in one turn for a tick more.
  private void overstays(Worker worker, @Nullable LocalProcess<?> running) {
    int ticks = ++worker.seenTicks;
    if (worker.hasWork()) {
      queues.workArrived();
    }
    if (ticks < STUCK_TICKS) {
      return;
    }
    if (ticks == STUCK_TICKS) {
      worker.overstays(queues.ticker.now() - ticks);
      if (running instanceof ServerProcess<?> server && waits(worker)) {
        server.foundBlocking();
      }
    }
    workers.replaceIfIn(worker, worker.seenBeat);
  }

  private static boolean waits(Worker worker) {
    return switch (worker.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  private boolean reapCondemned() {
    if (condemned.isEmpty()) {
      return false;
    }
    int now = queues.ticker.now();
    condemned.removeIf(entry -> entry.process.reap(now - entry.since));
    return true;
  }

  /// Whether it is not known that virtual threads make progress.
  private boolean lookAtCarriers() {
    Carriers known = queues.carriers();
    if (known == null) {
      return false;
    }
    known.tick(queues.ticker.now());
    return known.isOut();
  }

  private void tellOfExhaustion() {
    boolean exhausted = workers.isSpareWanting();
    if (exhausted && !toldOfExhaustion) {
      queues.publish(new SchedulerEvent.SparesExhausted(workers.all().length));
    }
    toldOfExhaustion = exhausted;
  }
}
