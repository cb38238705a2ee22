package dev.kith.net;

import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DateFormatter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/*
 * Three things happen on a loop, and each ends in at most one flush for a pipe:
 *
 *   drain   what was posted: everything there, up to a bound, then a flush of all pipes written to
 *   reads   Netty calls the pipe; if its listener writes, a flush is scheduled behind the reads at hand
 *   sweep   twice a second each connection looks at its deadlines
 *
 * `waiting` counts tasks that are in the queue. A poster adds its task first and counts it after; the
 * one that counts from 0 to 1 wakes the loop. A drain takes no more tasks than were counted when it
 * began, so the count never falls below what is in the queue, and whoever is not waking relies on a
 * drain that is still to come.
 *
 * A broadcast writes one payload to thousands of pipes in a row. The loop remembers the last parcel it
 * made, so they all get the same one, and its frame is laid out once; it wants that frame itself until
 * the end of the drain, since one pipe may be through with it before the next one asks.
 */

/// A Netty event loop as a [Loop]: batches posted tasks, remembers who must be flushed, keeps time.
///
/// **Threading.** [#execute], [#isCurrent] and [#backlog] anywhere, the rest on the loop.
final class NetLoop implements Loop {
  private static final System.Logger LOG = System.getLogger(NetLoop.class.getName());

  /// Tasks in one drain; then reads get their turn.
  private static final int DRAIN_TASKS_MAX = 1_024;

  private final EventLoop eventLoop;
  private final Allowance allowance;
  private final Ticker ticker;
  private final InstantSource wall = InstantSource.system();

  /// Unbounded because posters post one task for a burst, and those that can wait look at the
  /// backlog.
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /// Tasks in the queue. Counted up by posters, down by the loop.
  private final AtomicInteger waiting = new AtomicInteger();

  /// Bounded by the connection limits.
  private final Set<Tended> tended = new LinkedHashSet<>();

  private final ArrayList<Outflow> dirty = new ArrayList<>();
  private boolean flushing;

  private @Nullable Parcel last;

  private long now;
  private String date = "";

  NetLoop(EventLoop eventLoop, Allowance allowance, Ticker ticker) {
    this.eventLoop = eventLoop;
    this.allowance = allowance;
    this.ticker = ticker;
    this.now = ticker.nanos();
  }

  /// A connection that the sweep looks at.
  interface Tended {
    /// Looks at its deadlines.
    void tend(long now);

    /// Says goodbye: the server stops.
    void retire();

    /// Goes at once.
    void abort();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      wake();
    }
  }

  @Override
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  @Override
  public int backlog() {
    return waiting.get();
  }

  /// Begins to sweep.
  void start(Timing timing) {
    long sweep = timing.sweep().toNanos();
    eventLoop.execute(this::sweep);
    var _ = eventLoop.scheduleWithFixedDelay(this::sweep, sweep, sweep, TimeUnit.NANOSECONDS);
  }

  /// The time as of the last call to [#refresh].
  long now() {
    return now;
  }

  /// Looks at the clock.
  long refresh() {
    now = ticker.nanos();
    return now;
  }

  /// The time of day for a `Date` header.
  String date() {
    return date;
  }

  void tend(Tended connection) {
    tended.add(connection);
  }

  void forget(Tended connection) {
    tended.remove(connection);
  }

  /// All connections of this loop, as a copy: what is done to them may remove them.
  Tended[] connections() {
    return tended.toArray(Tended[]::new);
  }

  /// Has the pipe flushed when the loop is done with what it is doing.
  void flushLater(Outflow pipe) {
    dirty.add(pipe);
    flushSoon();
  }

  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      eventLoop.execute(this::flush);
    }
  }

  /// Runs the task after the given time, unless the loop has ended.
  void schedule(Runnable task, long nanos) {
    var _ = eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /// This payload, to be sent. Equal payloads that are not the same are not worth a comparison of
  /// their bytes.
  Parcel parcel(Opcode opcode, Payload payload) {
    var latest = last;
    if (latest != null && latest.payload() == payload && latest.opcode() == opcode) {
      return latest;
    }
    forgetLast();
    var parcel = new Parcel(opcode, payload, allowance);
    parcel.keepFrame();
    last = parcel;
    flushSoon();
    return parcel;
  }

  /// What is kept for the pipes of this loop.
  Allowance allowance() {
    return allowance;
  }

  /// Makes room after the allowance was exceeded: what the system takes goes first.
  void relieve() {
    flushDirty();
    var holders = new ArrayList<Allowance.Holder>();
    for (var connection : connections()) {
      if (connection instanceof Allowance.Holder holder) {
        holders.add(holder);
      }
    }
    allowance.shed(holders);
  }

  /// Runs what somebody else wrote. What it throws is reported and goes no further.
  private static void guarded(Runnable task) {
    Foreign.run(task, thrown -> LOG.log(System.Logger.Level.ERROR, "a task failed", thrown));
  }

  private void wake() {
    try {
      eventLoop.execute(this::drain);
    } catch (RejectedExecutionException _) {
      tasks.clear(); // The loop has ended, and what is posted to it does not run.
    }
  }

  private void drain() {
    refresh();
    flushing = true;
    int count = Math.min(waiting.get(), DRAIN_TASKS_MAX);
    for (int i = 0; i < count; i++) {
      var task = tasks.poll();
      if (task != null) {
        guarded(task);
      }
    }
    flush();
    if (waiting.addAndGet(-count) > 0) {
      wake();
    }
  }

  private void flush() {
    flushDirty();
    allowance.publish();
    flushing = false;
  }

  /// By index, because a flush may end a pipe whose last words make another one dirty.
  private void flushDirty() {
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).flush();
    }
    dirty.clear();
    forgetLast();
  }

  private void forgetLast() {
    if (last != null) {
      last.letFrameGo();
      last = null;
    }
  }

  private void sweep() {
    long time = refresh();
    date = DateFormatter.format(Date.from(wall.instant()));
    for (var connection : connections()) {
      guarded(() -> connection.tend(time));
    }
    allowance.publish();
  }
}
