package dev.kith.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/*
 * Several threads, of which one runs.
 *
 * A world is driven by a loop: pick something runnable, run it. Most of what runs comes back into the loop,
 * but a process may wait in the middle of its turn (a call, a body's receive). Its thread then hands the baton
 * to another loop thread, which goes on where it left off, and sleeps. When its turn to go on comes, the loop
 * thread of that moment hands the baton over and becomes idle itself. A thread that finishes a turn inside the
 * loop simply goes on with the loop.
 *
 * The test's own thread never runs the loop: it hands the baton in and gets it back when the loop is done, so
 * that a blocked process never keeps the test from going on.
 *
 * The baton is a semaphore for each thread. Handing over publishes everything that was done before.
 */
/// Lets one of many threads run at a time.
final class Baton {
  /// Real time in which some thread must hand the baton on; longer means that somebody blocks
  /// outside of the runtime.
  private static final long STALL_SECONDS = 20;

  private final Runnable loop;
  private final Deque<Holder> idle = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Holder driver = new Holder();
  private int names;
  private volatile boolean ended;

  /// One thread's place to wait.
  static final class Holder {
    private final Semaphore permit = new Semaphore(0);
  }

  /// @param loop what loop threads do while they have the baton; returns when the driver is to go
  ///   on
  Baton(Runnable loop) {
    this.loop = loop;
  }

  /// The driver lets the world run until the loop is done.
  void drive() {
    passToLoop();
    if (!tryTake(driver)) {
      throw new AssertionError("a process blocks outside of the runtime:\n" + stacks());
    }
  }

  /// The thread that has the baton gives it to a loop thread.
  void passToLoop() {
    Holder next = idle.pollFirst();
    if (next != null) {
      next.permit.release();
    } else {
      start("loop", this::live);
    }
  }

  /// The loop thread that has the baton gives it to another and waits to be of use again.
  void passTo(Holder other) {
    Holder mine = new Holder();
    idle.addFirst(mine);
    other.permit.release();
    take(mine);
  }

  /// Waits for the baton.
  void take(Holder holder) {
    holder.permit.acquireUninterruptibly();
    if (ended) {
      throw new WorldEnded();
    }
  }

  private static boolean tryTake(Holder holder) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return holder.permit.tryAcquire(STALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Starts a thread that has the baton from its first moment; the caller must wait.
  void start(String name, Runnable life) {
    Thread thread = new Thread(() -> untilEnd(life), "world-" + name + "-" + names++);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void live() {
    while (true) {
      loop.run();
      passTo(driver);
    }
  }

  private static void untilEnd(Runnable life) {
    try {
      life.run();
    } catch (WorldEnded _) {
      // nothing is left to do
    }
  }

  /// Ends all threads, wherever they wait.
  void end(Iterable<Holder> waiting) {
    ended = true;
    idle.forEach(holder -> holder.permit.release());
    waiting.forEach(holder -> holder.permit.release());
  }

  private String stacks() {
    StringBuilder text = new StringBuilder();
    for (Thread thread : threads) {
      if (thread.getState() == Thread.State.TERMINATED) {
        continue;
      }
      text.append(thread.getName()).append('\n');
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("    at ").append(frame).append('\n');
      }
    }
    return text.toString();
  }

  /// Thrown in the threads of a world that is closed.
  private static final class WorldEnded extends Error {
    private static final long serialVersionUID = 1;

    WorldEnded() {
      super("the world has ended", null, false, false);
    }
  }
}
