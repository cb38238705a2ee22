package dev.kith.process;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/*
 * `blocked` is called by a worker before it waits inside the runtime; the monitor thread finds those that wait
 * or spin in user code. Either way the worker is *replaced*: it no longer counts as active, and a spare takes
 * its place. When it comes back it is one too many, and after its turn, with its queue given to the global
 * one, it becomes a spare or ends. Spares are bounded; when all of them wait too, turns run on virtual
 * threads, for what they wait for may be one of those turns.
 */
/// The workers: as many active ones as there are processors, and spares that stand in for those
/// that do not come back from a turn.
///
/// **Threading.** Any thread.
final class Workers {
  /// Threads that may stand in for stuck ones.
  static final int SPARES_MAX = 64;

  /// How long a spare waits to be needed again.
  private static final long SPARE_REST_NANOS = 5_000_000_000L;

  /// How long the end of all waits for each thread.
  private static final long END_MILLIS = 200;

  private final RunQueues queues;
  private final int processors;
  private final Object lock = new Object();

  /// All that live. Copied on each change, under `lock`; read without it.
  private volatile Worker[] all = {};

  /// Their rings, for those who look at nothing else.
  private volatile Ring[] rings = {};

  /// Those that are neither replaced nor resting. Guarded by `lock`.
  private int active;

  /// Those that wait to be needed. Guarded by `lock`.
  private final Deque<Worker> resting = new ArrayDeque<>();

  /// A spare was wanted and there are as many as there may be. Written under `lock`, read without.
  private volatile boolean spareWanting;

  /// Nobody is active, and no spare can be had. Written under `lock`, read without it.
  private volatile boolean exhausted;

  private int names;

  Workers(RunQueues queues, int processors) {
    this.queues = queues;
    this.processors = processors;
  }

  Worker[] all() {
    return all;
  }

  Ring[] rings() {
    return rings;
  }

  private void all(Worker... now) {
    all = now;
    rings = Arrays.stream(now).map(worker -> worker.ring).toArray(Ring[]::new);
  }

  /// How many are neither replaced nor resting.
  int active() {
    synchronized (lock) {
      return active;
    }
  }

  /// Whether a spare was wanted that could not be had, and none could be spared since.
  boolean isSpareWanting() {
    return spareWanting;
  }

  /// Whether none is left to run a turn, however many there are to run.
  boolean areExhausted() {
    return exhausted;
  }

  /// Starts one for each processor.
  void start() {
    synchronized (lock) {
      while (active < processors) {
        active++;
        startOne();
      }
    }
  }

  private void startOne() {
    Worker worker = new Worker(queues, "kith-worker-" + names++);
    Worker[] before = all;
    Worker[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = worker;
    all(after);
    worker.start();
  }

  // Blocked and stuck

  /// A worker is about to wait, or to end.
  void blocked(Worker worker) {
    synchronized (lock) {
      replace(worker);
    }
  }

  /// As [#blocked], for one that was found in this turn, if it still is.
  void replaceIfIn(Worker worker, long beat) {
    synchronized (lock) {
      if (worker.beat() == beat) {
        replace(worker);
      }
    }
  }

  /// A worker has waited.
  void unblocked(Worker worker) {
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
      worker.giveAwayTo(queues.global);
      queues.workArrived();
    }
    while (active < processors && addSpare()) {}
    exhausted = active == 0;
    if (exhausted) {
      queues.runGlobalOnVirtualThreads();
    }
  }

  /// A worker counts as active. Holds `lock`.
  private void activate(Worker worker) {
    worker.replaced = false;
    active++;
    exhausted = false;
    spareWanting = false;
  }

  private boolean addSpare() {
    Worker rested = resting.pollFirst();
    if (rested != null) {
      activate(rested);
      LockSupport.unpark(rested);
      return true;
    }
    if (all.length >= processors + SPARES_MAX) {
      spareWanting = true;
      return false;
    }
    active++;
    startOne();
    return true;
  }

  /// After a turn of a worker that was replaced: whether it goes on.
  boolean stayActive(Worker self) {
    synchronized (lock) {
      if (!self.replaced || self.isDismissed()) {
        return true; // a worker of an earlier life counts for nothing in this one
      }
      if (active < processors) {
        activate(self);
        return true;
      }
      self.publish();
      self.giveAwayTo(queues.global);
      resting.addFirst(self);
      self.rests(true);
    }
    queues.workArrived();
    boolean needed = rest(self);
    self.rests(false);
    return needed;
  }

  private boolean rest(Worker self) {
    long until = queues.clock.nanos() + SPARE_REST_NANOS;
    while (!self.isDismissed()) {
      LockSupport.parkNanos(this, Math.max(1, until - queues.clock.nanos()));
      Thread.interrupted();
      synchronized (lock) {
        if (!self.replaced) {
          return true;
        }
        if (queues.clock.nanos() >= until && resting.remove(self)) {
          break;
        }
      }
    }
    remove(self);
    return false;
  }

  /// A worker ends.
  void remove(Worker self) {
    synchronized (lock) {
      all(Arrays.stream(all).filter(one -> one != self).toArray(Worker[]::new));
      resting.remove(self);
    }
  }

  // The end of all

  /// Ends them all, and waits until they have, but only a moment for those that are in a turn: one
  /// that is stuck in user code ends when that returns.
  void end() {
    Worker[] ending;
    synchronized (lock) {
      ending = all;
      for (Worker worker : ending) {
        worker.dismiss();
      }
    }
    awaitEnd(List.of(ending));
    synchronized (lock) {
      all();
      resting.clear();
      active = 0;
      exhausted = false;
      spareWanting = false;
    }
  }

  static void awaitEnd(List<? extends Thread> ending) {
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
}
