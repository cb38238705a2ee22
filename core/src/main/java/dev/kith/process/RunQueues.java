package dev.kith.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * As many workers as there are processors run; each has a ring and a slot (see Worker), and one global queue
 * takes what comes from outside or does not fit.
 *
 * Parking without lost wake-ups. Work arrives in two steps: (1) make it visible in a ring or the global
 * queue, (2) if somebody sleeps and nobody searches, wake one. A worker that finds nothing goes to sleep in
 * three: (1) announce (`parked`, `idle`), (2) look at every queue and slot once more, (3) park, without a
 * time-out. Both are volatile writes followed by volatile reads, so of a wake-up and a falling asleep that
 * meet, at least one sees the other. A searcher counts as such until it has announced that it sleeps, or has
 * found work; the last searcher that finds work wakes another, because arrivals trusted it to look.
 *
 * What is put into a slot wakes nobody. It stands there until its owner's turn ends, or for SLOT_AGE, or
 * until the monitor thread finds its owner in the same turn for a tick and wakes a searcher.
 *
 * Threads that do not come back. `blocked` is called by a worker before it waits inside the runtime; the
 * monitor thread finds those that wait or spin in user code. Either way the worker is *replaced*: it no longer
 * counts as active, and a spare takes its place if there is work. When it comes back it is one too many, and
 * after its turn, with its queue given to the global one, it becomes a spare or ends. Spares are bounded; when
 * all of them wait too, turns run on virtual threads, for what they wait for may be one of those turns.
 *
 * The monitor thread ticks about every millisecond while anybody is awake, and sleeps when all have slept for
 * a while; who wakes a worker wakes it too. It throws a look away if it was itself late: after a stop of the
 * whole JVM everybody would look stuck.
 *
 * Long because searching, sleeping, replacing and watching are one protocol over the same few counters.
 */
/// The run queues: what schedules processes in the real world.
///
/// **Threading.** Any thread. **Limits.** At most [#SPARES_MAX] threads beside the processors'
/// number, with an event at the limit.
final class RunQueues extends Scheduler {
  /// Messages until it is somebody else's turn.
  static final int SLICE = 256;

  /// Threads that may stand in for stuck ones.
  static final int SPARES_MAX = 64;

  /// How long a process may stand in the slot of a busy worker before it may be stolen.
  private static final long SLOT_AGE_NANOS = 50_000;

  /// How long a worker looks for work before it sleeps.
  private static final long SEARCH_NANOS = 50_000;

  private static final long TICK_NANOS = 1_000_000;

  /// A look that comes later than this after the last is thrown away.
  private static final long TICK_LATE_NANOS = 8 * TICK_NANOS;

  /// Ticks in one turn after which a worker counts as stuck.
  private static final int STUCK_TICKS = 8;

  /// Ticks without anybody awake after which the monitor thread sleeps too.
  private static final int REST_TICKS = 200;

  /// How long a spare waits to be needed again.
  private static final long SPARE_REST_NANOS = 5_000_000_000L;

  /// How long the last node to leave waits for each thread to end.
  private static final long END_MILLIS = 200;

  final Slice.Ticker ticker = new Slice.Ticker();
  private final RealClock clock;
  private final int processors;
  private final ConcurrentLinkedQueue<Turn> global = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idle = new AtomicInteger();
  private final AtomicInteger searching = new AtomicInteger();

  /// All workers that live. Copied on each change, under `lock`; read without it.
  private volatile Worker[] workers = {};

  /// Workers that are neither replaced nor resting. Guarded by `lock`.
  private int active;

  /// Workers that wait to be needed. Guarded by `lock`.
  private final Deque<Worker> resting = new ArrayDeque<>();

  /// Held while the first node enters and while the last one leaves.
  private final Object lives = new Object();

  private final Object lock = new Object();
  private int names;
  private boolean limitReached;

  /// Nobody is active, and no spare can be had. Written under `lock`, read without it.
  private volatile boolean exhausted;

  /// How many nodes use these queues. Guarded by `lock`.
  private int nodes;

  /// The thread that ticks; null while no node uses these queues.
  private volatile @Nullable Thread monitor;

  /// Whether the monitor thread sleeps until somebody is awake.
  private volatile boolean monitorRests;

  /// Killed processes that the monitor thread looks after.
  private final ConcurrentLinkedQueue<Condemned> condemned = new ConcurrentLinkedQueue<>();

  /// Made when the first process needs a virtual thread. Written once, by whoever comes first.
  private volatile @Nullable Carriers carriers;

  private record Condemned(LocalProcess<?> process, int since) {}

  RunQueues(RealClock clock, int processors) {
    this.clock = clock;
    this.processors = processors;
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
  protected void fork(Turn body) {
    watchCarriers();
    Thread.ofVirtual().name(body.toString()).start(() -> body.run(Slice.of(1)));
  }

  @Override
  protected void await(Waiter waiter, long deadlineNanos) {
    if (Thread.currentThread() instanceof Worker worker && worker.queues == this) {
      worker.publish();
      blocked(worker);
      park(waiter, deadlineNanos);
      unblocked(worker);
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
    condemned.add(new Condemned((LocalProcess<?>) killed, ticker.now()));
    wakeMonitor();
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
    if (exhausted) {
      runGlobalOnVirtualThreads();
    }
  }

  /// All workers wait or are stuck, perhaps for what stands in the global queue, and there are as
  /// many as there may be: each turn gets a virtual thread, where waiting costs nothing.
  private void runGlobalOnVirtualThreads() {
    for (Turn turn = global.poll(); turn != null; turn = global.poll()) {
      runOnVirtualThread(turn);
    }
  }

  private void runOnVirtualThread(Turn turn) {
    Thread.ofVirtual().name("kith-blocking").start(() -> runToIdle(turn));
  }

  @Nullable Turn pollGlobal() {
    return global.poll();
  }

  /// Wakes somebody, if somebody sleeps and nobody is looking.
  void workArrived() {
    if (idle.get() > 0 && searching.get() == 0) {
      wakeOne();
    }
  }

  private void wakeOne() {
    StackProbe.probe(); // woken by half, a worker would sleep for ever
    for (Worker worker : workers) {
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
        turn = new Search(self).run();
      }
      if (turn != null) {
        if (searches) {
          searches = false;
          foundWork();
        }
        self.runTurn(turn);
        if (self.replaced && !stayActive(self)) {
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
    leaveWorkers(self);
    workArrived();
  }

  /// A turn has thrown, which none should: whoever handles uncaught exceptions is told, and another
  /// worker takes this one's place.
  void died(Worker self) {
    synchronized (lock) {
      replace(self);
    }
    giveUp(self);
  }

  private void foundWork() {
    if (searching.decrementAndGet() == 0 && anyWork()) {
      workArrived();
    }
  }

  /// One worker's look around for something to steal, before it sleeps.
  private final class Search {
    private final Worker self;
    private final long began = clock.nanos();

    /// A slot that may be standing too long: whose, what, in which turn and since when.
    private @Nullable Worker suspect;

    private @Nullable Turn suspected;
    private long beat;
    private long since;

    Search(Worker self) {
      this.self = self;
    }

    @Nullable Turn run() {
      do {
        Turn found = look();
        if (found != null) {
          return found;
        }
        Thread.onSpinWait();
      } while (clock.nanos() - began < SEARCH_NANOS || stillStands());
      return null;
    }

    private @Nullable Turn look() {
      Turn outside = global.poll();
      if (outside != null) {
        return outside;
      }
      for (Worker victim : workers) {
        Turn loot = victim == self ? null : rob(victim);
        if (loot != null) {
          return loot;
        }
      }
      return null;
    }

    private @Nullable Turn rob(Worker victim) {
      Turn loot = victim.stealFor(self);
      if (loot != null) {
        return loot;
      }
      Turn standing = victim.slot();
      if (standing == null) {
        return null;
      }
      if (victim == suspect && stillStands()) {
        boolean old = clock.nanos() - since >= SLOT_AGE_NANOS;
        return old && victim.stealSlot(standing) ? standing : null;
      }
      if (!stillStands()) {
        suspect = victim;
        suspected = standing;
        beat = victim.beat();
        since = clock.nanos();
      }
      return null;
    }

    /// Whether the suspect is in the same turn with the same process in its slot.
    private boolean stillStands() {
      return suspect != null
          && suspect.slot() == suspected
          && suspect.beat() == beat
          && suspected != null;
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
    for (Worker worker : workers) {
      if (worker.hasRing()) {
        return true;
      }
    }
    return false;
  }

  // Blocked and stuck workers

  private void blocked(Worker worker) {
    synchronized (lock) {
      replace(worker);
    }
  }

  private void unblocked(Worker worker) {
    synchronized (lock) {
      if (worker.replaced && active < processors && !worker.isDismissed()) {
        activate(worker);
      }
    }
  }

  /// Takes a worker off the active ones and sees that a spare comes. What waits in its queue goes
  /// to everybody: by theft alone it would wait until somebody finds nothing else to do. Holds
  /// `lock`.
  private void replace(Worker worker) {
    if (worker.isDismissed()) {
      return;
    }
    if (!worker.replaced) {
      worker.replaced = true;
      active--;
    }
    if (worker.hasWork()) {
      worker.giveAwayTo(global);
      workArrived();
    }
    while (active < processors && addSpare()) {}
    exhausted = active == 0;
    if (exhausted) {
      runGlobalOnVirtualThreads();
    }
  }

  /// A worker counts as active. Holds `lock`.
  private void activate(Worker worker) {
    worker.replaced = false;
    active++;
    exhausted = false;
  }

  private boolean addSpare() {
    Worker rested = resting.pollFirst();
    if (rested != null) {
      activate(rested);
      LockSupport.unpark(rested);
      return true;
    }
    if (workers.length >= processors + SPARES_MAX) {
      limitReached = true;
      return false;
    }
    active++;
    startWorker();
    return true;
  }

  /// After a turn of a worker that was replaced: whether it goes on.
  private boolean stayActive(Worker self) {
    synchronized (lock) {
      if (!self.replaced || self.isDismissed()) {
        return true; // a worker of an earlier life counts for nothing in this one
      }
      if (active < processors) {
        activate(self);
        return true;
      }
      self.publish();
      self.giveAwayTo(global);
      resting.addFirst(self);
      self.rests(true);
    }
    workArrived();
    boolean needed = rest(self);
    self.rests(false);
    return needed;
  }

  private boolean rest(Worker self) {
    long until = clock.nanos() + SPARE_REST_NANOS;
    while (!self.isDismissed()) {
      LockSupport.parkNanos(this, Math.max(1, until - clock.nanos()));
      Thread.interrupted();
      synchronized (lock) {
        if (!self.replaced) {
          return true;
        }
        if (clock.nanos() >= until && resting.remove(self)) {
          break;
        }
      }
    }
    leaveWorkers(self);
    return false;
  }

  private void leaveWorkers(Worker self) {
    synchronized (lock) {
      workers = Arrays.stream(workers).filter(one -> one != self).toArray(Worker[]::new);
      resting.remove(self);
    }
  }

  // Threads

  @Override
  protected void enter() {
    synchronized (lives) {
      begin();
    }
  }

  private void begin() {
    synchronized (lock) {
      if (nodes++ > 0) {
        return;
      }
      clock.start();
      while (active < processors) {
        active++;
        startWorker();
      }
      Thread thread = new Thread(null, this::watch, "kith-monitor", 0, false);
      thread.setDaemon(true);
      monitor = thread;
      thread.start();
    }
  }

  @Override
  protected void leave() {
    synchronized (lives) {
      synchronized (lock) {
        if (--nodes > 0) {
          return;
        }
      }
      awaitEnd(dismissAll());
      clear();
    }
  }

  private List<Thread> dismissAll() {
    List<Thread> ending = new ArrayList<>();
    synchronized (lock) {
      for (Worker worker : workers) {
        worker.dismiss();
        ending.add(worker);
      }
      Thread watching = monitor;
      monitor = null;
      if (watching != null) {
        LockSupport.unpark(watching);
        ending.add(watching);
      }
    }
    return ending;
  }

  /// Everything as before the first node. Whoever still runs is in user code and touches none of
  /// it.
  private void clear() {
    synchronized (lock) {
      workers = new Worker[0];
      resting.clear();
      active = 0;
      idle.set(0);
      searching.set(0);
      exhausted = false;
      global.clear();
      clock.stop();
    }
  }

  /// Waits for threads to end, but only a moment for those that are in a turn: one that is stuck in
  /// user code ends when that returns.
  private static void awaitEnd(List<Thread> ending) {
    boolean interrupted = false;
    for (Thread thread : ending) {
      boolean waited = false;
      while (thread != Thread.currentThread()
          && thread.isAlive()
          && !(waited && isInTurn(thread))) {
        try {
          thread.join(END_MILLIS);
          waited = true;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isInTurn(Thread thread) {
    return thread instanceof Worker worker && Worker.isTurn(worker.beat());
  }

  private void startWorker() {
    Worker worker = new Worker(this, "kith-worker-" + names++);
    Worker[] before = workers;
    Worker[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = worker;
    workers = after;
    worker.start();
  }

  // The monitor thread

  private void wakeMonitor() {
    Thread thread = monitor;
    if (monitorRests && thread != null) {
      monitorRests = false;
      LockSupport.unpark(thread);
    }
  }

  private boolean isMonitor() {
    return monitor == Thread.currentThread();
  }

  private void watch() {
    long last = clock.nanos();
    int quiet = 0;
    while (isMonitor()) {
      LockSupport.parkNanos(this, TICK_NANOS);
      Thread.interrupted();
      long now = clock.nanos();
      ticker.advance();
      boolean late = now - last > TICK_LATE_NANOS;
      last = now;
      boolean awake = look(late);
      boolean reaping = reapCondemned();
      boolean unsure = lookAtCarriers();
      quiet = awake || reaping || unsure ? 0 : quiet + 1;
      if (quiet > REST_TICKS) {
        restUntilWoken();
        quiet = 0;
        last = clock.nanos();
      }
    }
  }

  /// Whether it is not known that virtual threads make progress.
  private boolean lookAtCarriers() {
    Carriers known = carriers;
    if (known == null) {
      return false;
    }
    known.tick(ticker.now());
    return known.isOut();
  }

  private void restUntilWoken() {
    monitorRests = true;
    if (condemned.isEmpty() && allParked()) {
      while (monitorRests && isMonitor()) {
        LockSupport.park(this);
        Thread.interrupted();
      }
    }
    monitorRests = false;
  }

  private boolean allParked() {
    for (Worker worker : workers) {
      if (!worker.isAsleep()) {
        return false;
      }
    }
    return true;
  }

  /// Looks at every worker; whether any is awake.
  private boolean look(boolean late) {
    boolean awake = false;
    for (Worker worker : workers) {
      if (!worker.isAsleep()) {
        awake = true;
        look(worker, late);
      }
    }
    return awake || !global.isEmpty();
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
    if (worker.hasWork() && idle.get() > 0 && searching.get() == 0) {
      wakeOne();
    }
    if (ticks < STUCK_TICKS) {
      return;
    }
    if (ticks == STUCK_TICKS && running instanceof ServerProcess<?> server && waits(worker)) {
      server.foundBlocking();
    }
    synchronized (lock) {
      if (worker.beat() == worker.seenBeat && !worker.isDismissed()) {
        replace(worker);
      }
    }
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
    int now = ticker.now();
    condemned.removeIf(entry -> entry.process.reap(now - entry.since));
    return true;
  }

  /// Who is where. Exact while nobody moves, which is what the race tests wait for.
  ///
  /// @param active workers that are neither replaced nor resting
  /// @param idle workers that count as asleep
  /// @param parked workers that are asleep
  /// @param searching workers that count as looking for work
  record Census(int active, int idle, int parked, int searching) {}

  Census census() {
    synchronized (lock) {
      int parked = (int) Arrays.stream(workers).filter(Worker::isParked).count();
      return new Census(active, idle.get(), parked, searching.get());
    }
  }

  /// Whether a spare was wanted that could not be had.
  boolean isExhausted() {
    synchronized (lock) {
      return limitReached;
    }
  }
}
