package dev.kith.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * A thread that runs turns, with a queue of its own.
 *
 * The slot holds the process that was woken last. It is taken next, before the ring: a message and its
 * answer then pass on one core without waking anybody, which is what makes ping-pong fast. It may be stolen
 * when it has stood for SLOT_AGE (its owner is in a long handler), so it is taken with compare-and-set too.
 *
 * `woken` links what was woken and is not yet in slot, ring or global queue. Only the worker touches it. A
 * sender writes it right after the compare-and-set that woke; `publish` moves it on. It may run out of stack
 * at any call, and is then repeated later: so there is no call between the step that takes a process out of
 * one place and the one that notes it in another (chain, `displaced`, slot, a queue), and no process is in two.
 *
 * A run queue stays with its thread. When the thread waits or is stuck, others empty the queue by theft and
 * a spare thread takes its place; decision record 0004 says why that is enough.
 */
/// A thread that runs turns.
final class Worker extends Thread {
  /// How often the global queue comes before the worker's own, so that it cannot starve.
  private static final int GLOBAL_EVERY = 61;

  /// How long a process may wait in the ring of a busy worker before another is woken: somewhat
  /// longer than it takes to wake a thread.
  private static final long HELP_AFTER_NANOS = 100_000;

  private static final VarHandle SLOT;
  private static final VarHandle PARKED;
  private static final VarHandle BEATS;
  private static final VarHandle OVERSTAYED;

  static {
    try {
      var lookup = MethodHandles.lookup();
      SLOT = lookup.findVarHandle(Worker.class, "slot", Turn.class);
      PARKED = lookup.findVarHandle(Worker.class, "parked", boolean.class);
      BEATS = lookup.findVarHandle(Worker.class, "beats", long.class);
      OVERSTAYED = lookup.findVarHandle(Worker.class, "overstayed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final RunQueues queues;

  /// What waits for it; what does not fit goes to the global queue.
  final Ring ring = new Ring();

  /// The process whose turn it is. Written by this worker; read by the monitor thread for samples.
  @Nullable LocalProcess<?> current;

  /// See above. This worker's.
  @Nullable Turn woken;

  /// Was in the slot and is not yet in the ring or the global queue. This worker's.
  private @Nullable Turn displaced;

  /// Counts up when a turn begins and when it ends: odd while it runs one. Written by this worker,
  /// read by the monitor thread and by thieves.
  private long beats;

  private volatile @Nullable Turn slot;

  /// Whether it sleeps. Set by this worker, cleared by whoever wakes it.
  private volatile boolean parked;

  private volatile boolean resting;
  private volatile boolean dismissed;

  /// It waits or is stuck, and a spare works in its place. Guarded by the run queues' lock.
  boolean replaced;

  /// Where the monitor thread's last look found it. The monitor thread's.
  long seenBeat;

  int seenTicks;

  /// The turn that was found to last too long, and the tick in which it began. Written by the
  /// monitor thread, the turn last.
  private int overstayedSince;

  @SuppressWarnings("UnusedVariable") // through OVERSTAYED
  private long overstayed;

  private final Slice slice;
  private int picks;

  /// How many turns had been put into the ring when this worker last looked at the clock because
  /// somebody waits there, and when that was.
  private long marked;

  private long markedAt;

  Worker(RunQueues queues, String name) {
    super(null, null, name, 0, false);
    this.queues = queues;
    this.slice = new Slice(queues.ticker);
    setDaemon(true);
  }

  @Override
  public void run() {
    boolean ended = false;
    try {
      queues.work(this);
      ended = true;
    } finally {
      if (!ended) {
        queues.died(this);
      }
    }
  }

  /// Runs one turn and puts what it has woken into queues. If nobody else waits when the slice is
  /// used up, the process goes on: in a queue, it would only be stolen, and run with cold caches.
  void runTurn(Turn turn) {
    boolean more = runSlice(turn);
    while (more && isAlone()) {
      slice.renew(RunQueues.SLICE);
      more = runSlice(turn);
    }
    if (more) {
      enqueue(turn);
    }
  }

  private boolean runSlice(Turn turn) {
    long beat = beats + 1;
    BEATS.setOpaque(this, beat);
    boolean more = turn.run(slice);
    BEATS.setOpaque(this, beat + 1);
    publish();
    callForHelp();
    if ((long) OVERSTAYED.getAcquire(this) == beat && turn instanceof LocalProcess<?> process) {
      LongTurns.report(process, queues.ticker.now() - overstayedSince);
    }
    return more;
  }

  /// Wakes another worker if somebody has waited here for HELP_AFTER_NANOS. Reads no clock while
  /// nobody waits, or nobody sleeps.
  private void callForHelp() {
    if (ring.isEmpty() || !queues.isSomebodyIdle()) {
      return;
    }
    long now = queues.clock.nanos();
    if (ring.hasTaken(marked)) {
      marked = ring.offered();
      markedAt = now;
    } else if (now - markedAt >= HELP_AFTER_NANOS) {
      markedAt = now;
      queues.workArrived();
    }
  }

  /// Whether nothing waits that this worker knows of, and it may go on.
  private boolean isAlone() {
    return slot == null && hasNoneBehind() && !replaced && !dismissed;
  }

  private boolean hasNoneBehind() {
    return ring.isEmpty() && queues.global.isEmpty();
  }

  // What its own thread does

  /// Moves what was woken into the slot; what was there goes to the ring.
  void publish() {
    placeDisplaced();
    while (woken != null) {
      Turn first = woken;
      Turn following = first.behind;
      Turn standing = slot;
      if (queues.runsElsewhere(first)) {
        StackProbe.probe(); // what follows can be neither repeated nor left half-way
        woken = following;
        queues.runElsewhere(first);
      } else if (standing != null && SLOT.compareAndSet(this, standing, null)) {
        displaced = standing;
        placeDisplaced();
      } else {
        SLOT.setRelease(this, first);
        woken = following;
      }
    }
  }

  private void placeDisplaced() {
    Turn turn = displaced;
    if (turn == null) {
      return;
    }
    if (ring.offer(turn)) {
      displaced = null;
    } else {
      StackProbe.probe();
      displaced = null;
      queues.submit(turn);
    }
  }

  /// Puts a turn behind the others.
  void enqueue(Turn turn) {
    if (!ring.offer(turn)) {
      queues.submit(turn);
    }
  }

  /// The next turn of its own or from the global queue; null if there is none.
  @Nullable Turn next() {
    if (++picks % GLOBAL_EVERY == 0) {
      Turn outside = queues.global.poll();
      if (outside != null) {
        slice.renew(RunQueues.SLICE);
        return outside;
      }
    }
    Turn mine = takeSlot();
    if (mine != null && !slice.isSpent()) {
      return mine; // inherits the slice
    }
    slice.renew(RunQueues.SLICE);
    if (mine != null) {
      if (hasNoneBehind()) {
        return mine;
      }
      enqueue(mine);
    }
    Turn first = ring.poll();
    return first != null ? first : queues.global.poll();
  }

  private @Nullable Turn takeSlot() {
    Turn turn = slot;
    return turn != null && SLOT.compareAndSet(this, turn, null) ? turn : null;
  }

  // What others do

  /// Takes the slot for a thief, if it still holds what the thief saw there.
  boolean stealSlot(Turn seen) {
    return SLOT.compareAndSet(this, seen, null);
  }

  @Nullable Turn slot() {
    return slot;
  }

  /// Whether something stands in its ring or slot.
  boolean hasWork() {
    return slot != null || !ring.isEmpty();
  }

  /// Moves what stands in its slot and ring to a queue that everybody takes from. Any thread may do
  /// that, as a thief.
  void giveAwayTo(GlobalQueue queue) {
    Turn last = takeSlot();
    if (last != null) {
      queue.add(last);
    }
    for (Turn turn = ring.poll(); turn != null; turn = ring.poll()) {
      queue.add(turn);
    }
  }

  /// Which beat it is in: the same number twice means the same turn, or none at all.
  long beat() {
    return (long) BEATS.getOpaque(this);
  }

  /// Whether a beat is a turn.
  static boolean isTurn(long beat) {
    return (beat & 1) != 0;
  }

  /// The turn in which it was seen lasts too long. Called by the monitor thread.
  void overstays(int sinceTick) {
    overstayedSince = sinceTick;
    OVERSTAYED.setRelease(this, seenBeat);
  }

  /// Whether the monitor thread has nothing to look at.
  boolean isAsleep() {
    return parked || resting;
  }

  /// It is one too many and waits to be needed.
  void rests(boolean now) {
    resting = now;
  }

  /// Its queues are closed: it ends when its turn does.
  void dismiss() {
    dismissed = true;
    endParked();
    LockSupport.unpark(this);
  }

  boolean isDismissed() {
    return dismissed;
  }

  // Sleeping

  void announceParked() {
    PARKED.setVolatile(this, true);
  }

  /// Ends the sleep; true for the one who did.
  boolean endParked() {
    return PARKED.compareAndSet(this, true, false);
  }

  boolean isParked() {
    return parked;
  }
}
