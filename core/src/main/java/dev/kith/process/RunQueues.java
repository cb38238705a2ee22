package dev.kith.process;

import dev.kith.observe.Events;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * As many workers as there are processors run; each has a ring and a slot (see Worker), and one global queue
 * takes what comes from outside or does not fit.
 *
 * Parking without lost wake-ups. Work from outside arrives in two steps: (1) make it visible in the global
 * queue, (2) if somebody sleeps and nobody searches, wake one. A worker that finds nothing goes to sleep in
 * three: (1) announce (`parked`, `idle`), (2) look at every ring and the global queue once more, (3) park,
 * without a time-out. Both are volatile writes followed by volatile reads, so of a wake-up and a falling
 * asleep that meet, at least one sees the other. A searcher counts as such until it has announced that it
 * sleeps, or has found work; the last searcher that finds work wakes another, because arrivals trusted it.
 *
 * What a worker puts into its own slot or ring wakes nobody: it is awake, and comes to it. Waking a thread
 * takes tens of microseconds, in which it may well be done itself, and what two processors then do by turns
 * is slower than what one does with its caches (decision record 0015). Others are woken by the worker when
 * somebody has waited in its ring for HELP_AFTER, which it looks at between turns; by the monitor thread when
 * a turn lasts longer than a tick; and by whoever takes its queue away when it waits or is stuck. A slot may
 * be stolen when it has stood for SLOT_AGE in the same turn.
 *
 * What a search is: Search. Threads that do not come back: Workers. Who finds them: MonitorThread.
 */
/// The run queues: what schedules processes in the real world.
///
/// **Threading.** Any thread. **Limits.** At most [Workers#SPARES_MAX] threads beside the
/// processors' number, with an event at the limit ([SchedulerEvent.SparesExhausted]).
final class RunQueues extends Scheduler {
  /// Messages until it is somebody else's turn.
  static final int SLICE = 256;

  final Slice.Ticker ticker = new Slice.Ticker();
  final RealClock clock;
  private final int processors;
  final GlobalQueue global = new GlobalQueue();
  private final AtomicInteger idle = new AtomicInteger();
  private final AtomicInteger searching = new AtomicInteger();

  private final Workers workers;

  /// Held while the first node enters and while the last one leaves, and to change `nodes`.
  private final Object lives = new Object();

  /// What the nodes that use these queues tell their listeners.
  private final List<Events> nodes = new CopyOnWriteArrayList<>();

  /// Null while no node uses these queues. Written under `lives`, read without it.
  private volatile @Nullable MonitorThread monitor;

  /// Made when the first process needs a virtual thread. Written once, by whoever comes first.
  private volatile @Nullable Carriers carriers;

  RunQueues(RealClock clock, int processors) {
    this.clock = clock;
    this.processors = processors;
    this.workers = new Workers(this, processors);
  }

  // Scheduler

  @Override
  protected void schedule(Turn turn) {
    if (runsElsewhere(turn)) {
      runElsewhere(turn);
    } else if (Thread.currentThread() instanceof Worker worker && worker.queues == this) {
      worker.enqueue(turn);
    } else {
      submit(turn);
    }
  }

  @Override
  protected void handOver(Turn turn) {
    if (Thread.currentThread().isVirtual() && !runsElsewhere(turn)) {
      watchCarriers();
      Thread.ofVirtual().name("kith-called").start(() -> runOneSlice(turn));
    } else {
      schedule(turn);
    }
  }

  /// What needs longer than a slice goes where everybody's turns run.
  private void runOneSlice(Turn turn) {
    Slice slice = new Slice(ticker);
    slice.renew(SLICE);
    if (turn.run(slice)) {
      submit(turn);
    }
  }

  @Override
  protected void fork(Turn body) {
    watchCarriers();
    Thread.ofVirtual().name(body.toString()).start(() -> body.run(Slice.of(1)));
  }

  @Override
  protected void await(Waiter waiter, long deadlineNanos) {
    if (Thread.currentThread() instanceof Worker worker && worker.queues == this) {
      StackProbe.probe(); // neither the queues nor the count of workers may be left half-changed
      worker.publish();
      workers.blocked(worker);
      park(waiter, deadlineNanos);
      workers.unblocked(worker);
    } else {
      park(waiter, deadlineNanos);
    }
  }

  private void park(Waiter waiter, long deadlineNanos) {
    while (!waiter.isPermitted()) {
      if (deadlineNanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        long left = deadlineNanos - clock.nanos();
        if (left <= 0) {
          return;
        }
        LockSupport.parkNanos(this, left);
      }
      Thread.interrupted(); // an interrupt is for the process's own code
    }
  }

  @Override
  protected void resume(Waiter waiter) {
    Thread thread = waiter.permit();
    if (thread != null) {
      LockSupport.unpark(thread);
      wakeMonitor();
    }
  }

  private void watchCarriers() {
    if (carriers == null) {
      carriers = new Carriers();
    }
    wakeMonitor();
  }

  @Override
  protected void reap(Turn killed) {
    MonitorThread thread = monitor;
    if (thread != null) {
      thread.condemn((LocalProcess<?>) killed);
    }
  }

  @Override
  protected int parallelism() {
    return 4 * processors;
  }

  @Override
  protected int tick() {
    return ticker.now();
  }

  // Turns that do not run on workers

  /// Whether this turn has a thread that waits for it, or is known to block.
  boolean runsElsewhere(Turn turn) {
    return turn.waiter != null || (turn instanceof ServerProcess<?> server && server.blocking);
  }

  void runElsewhere(Turn turn) {
    Waiter waiter = turn.waiter;
    if (waiter != null) {
      resume(waiter);
    } else {
      watchCarriers();
      runOnVirtualThread(turn);
    }
  }

  private void runToIdle(Turn turn) {
    Slice slice = new Slice(ticker);
    do {
      slice.renew(SLICE);
    } while (turn.run(slice));
  }

  // Work

  /// Takes a turn from outside.
  void submit(Turn turn) {
    global.add(turn);
    workArrived();
    if (workers.areExhausted()) {
      runGlobalOnVirtualThreads();
    }
  }

  /// All workers wait or are stuck, perhaps for what stands in the global queue, and there are as
  /// many as there may be: each turn gets a virtual thread, where waiting costs nothing.
  void runGlobalOnVirtualThreads() {
    StackProbe.probeForStep(); // what is taken out must run
    for (Turn turn = global.poll(); turn != null; turn = global.poll()) {
      runOnVirtualThread(turn);
    }
  }

  private void runOnVirtualThread(Turn turn) {
    Thread.ofVirtual().name("kith-blocking").start(() -> runToIdle(turn));
  }

  /// Wakes somebody, if somebody sleeps and nobody is looking.
  void workArrived() {
    if (idle.get() > 0 && searching.get() == 0) {
      wakeOne();
    }
  }

  /// Whether a worker sleeps that could be woken.
  boolean isSomebodyIdle() {
    return idle.get() > 0;
  }

  private void wakeOne() {
    StackProbe.probeForStep(); // woken by half, a worker would sleep for ever
    for (Worker worker : workers.all()) {
      if (worker.isParked() && worker.endParked()) {
        idle.decrementAndGet();
        searching.incrementAndGet(); // on its behalf: nobody need wake another meanwhile
        LockSupport.unpark(worker);
        wakeMonitor();
        return;
      }
    }
  }

  /// The life of a worker.
  void work(Worker self) {
    searching.incrementAndGet();
    boolean searches = true;
    while (!self.isDismissed()) {
      Turn turn = self.next();
      if (turn == null) {
        if (!searches) {
          searching.incrementAndGet();
          searches = true;
        }
        turn = new Search(this, self).run();
      }
      if (turn != null) {
        if (searches) {
          searches = false;
          foundWork();
        }
        self.runTurn(turn);
        if (self.replaced && !workers.stayActive(self)) {
          return;
        }
      } else {
        sleep(self);
      }
    }
    giveUp(self);
  }

  /// A worker ends. What its last turn has woken may be of a node that came later.
  private void giveUp(Worker self) {
    self.publish();
    self.giveAwayTo(global);
    workers.remove(self);
    workArrived();
  }

  /// A turn has thrown, which none should: whoever handles uncaught exceptions is told, and another
  /// worker takes this one's place.
  void died(Worker self) {
    workers.blocked(self);
    giveUp(self);
  }

  private void foundWork() {
    if (searching.decrementAndGet() == 0 && anyWork()) {
      workArrived();
    }
  }

  /// Sleeps until woken; returns as a searcher.
  private void sleep(Worker self) {
    self.announceParked();
    idle.incrementAndGet();
    searching.decrementAndGet();
    if (anyWork() && self.endParked()) {
      idle.decrementAndGet();
      searching.incrementAndGet();
      wakeMonitor(); // which may just have found everybody asleep
      return;
    }
    while (self.isParked() && !self.isDismissed()) {
      LockSupport.park(this);
      Thread.interrupted();
    }
  }

  private boolean anyWork() {
    if (!global.isEmpty()) {
      return true;
    }
    for (Ring ring : workers.rings()) {
      if (!ring.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  // Threads

  @Override
  protected void enter(Events events) {
    synchronized (lives) {
      nodes.add(events);
      if (nodes.size() == 1) {
        begin();
      }
    }
  }

  private void begin() {
    clock.start();
    workers.start();
    MonitorThread thread = new MonitorThread(this, workers);
    monitor = thread;
    thread.start();
  }

  @Override
  protected void leave(Events events) {
    synchronized (lives) {
      nodes.remove(events);
      if (nodes.isEmpty()) {
        end();
      }
    }
  }

  /// Everything as before the first node. Whoever still runs is in user code and touches none of
  /// it.
  private void end() {
    MonitorThread watching = monitor;
    monitor = null;
    if (watching != null) {
      watching.dismiss();
    }
    workers.end();
    if (watching != null) {
      Workers.awaitEnd(List.of(watching));
    }
    idle.set(0);
    searching.set(0);
    global.clear();
    clock.stop();
  }

  private void wakeMonitor() {
    MonitorThread thread = monitor;
    if (thread != null) {
      thread.wake();
    }
  }

  // For the monitor thread and for race tests

  Workers workers() {
    return workers;
  }

  @Nullable Carriers carriers() {
    return carriers;
  }

  /// Tells every node that uses these queues.
  void publish(SchedulerEvent event) {
    nodes.forEach(events -> events.publish(event));
  }

  /// Who is where. Exact while nobody moves, which is what the race tests wait for.
  ///
  /// @param active workers that are neither replaced nor resting
  /// @param idle workers that count as asleep
  /// @param parked workers that are asleep
  /// @param searching workers that count as looking for work
  record Census(int active, int idle, int parked, int searching) {}

  Census census() {
    int parked = (int) Arrays.stream(workers.all()).filter(Worker::isParked).count();
    return new Census(workers.active(), idle.get(), parked, searching.get());
  }
}
