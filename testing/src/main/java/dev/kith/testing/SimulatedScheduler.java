package dev.kith.testing;

import dev.kith.process.Clock;
import dev.kith.process.Scheduler;
import dev.kith.process.Slice;
import dev.kith.process.Turn;
import dev.kith.process.Waiter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs one turn at a time, each chosen by chance, and lets time pass when nothing can run.
///
/// **Threading.** Only the thread that holds the baton; the test's own thread holds it whenever it
/// runs.
final class SimulatedScheduler extends Scheduler {
  /// Steps in one go after which a world is taken for one that never comes to rest.
  private static final long STEPS_MAX = 20_000_000;

  /// Messages a turn handles at most: few, so that many orders are tried.
  private static final int SLICE_MAX = 3;

  private final SimulatedClock clock;
  private final SplittableRandom chance;
  private final Trace trace;
  private final Baton baton = new Baton(this::loop);
  private final List<Step> runnable = new ArrayList<>();

  /// Threads that wait in the runtime. Looked up, never iterated while the world runs.
  private final IdentityHashMap<Waiter, Baton.Holder> waiting = new IdentityHashMap<>();

  private final Thread driver = Thread.currentThread();
  private BooleanSupplier goal = () -> true;
  private long horizon;
  private @Nullable Throwable failure;
  private long steps;

  /// Something that can happen next.
  private sealed interface Step {
    record Take(Turn turn) implements Step {}

    record Begin(Turn body) implements Step {}

    record Resume(Waiter waiter) implements Step {}
  }

  SimulatedScheduler(SimulatedClock clock, SplittableRandom chance, Trace trace) {
    this.clock = clock;
    this.chance = chance;
    this.trace = trace;
  }

  /// Runs until the goal is reached, or nothing more happens up to the horizon; the clock then
  /// stands there.
  void drive(BooleanSupplier until, long horizonNanos) {
    goal = until;
    horizon = horizonNanos;
    steps = 0;
    baton.drive();
    Throwable thrown = failure;
    failure = null;
    if (thrown != null) {
      throw new AssertionError(thrown.getMessage(), thrown);
    }
  }

  private void loop() {
    try {
      while (!goal.getAsBoolean() && step()) {
        if (++steps > STEPS_MAX) {
          throw new AssertionError("no rest after " + STEPS_MAX + " steps:\n" + trace.tail());
        }
      }
    } catch (RuntimeException | AssertionError thrown) {
      failure = thrown;
    }
  }

  /// Makes one thing happen; false if nothing will up to the horizon.
  private boolean step() {
    if (!runnable.isEmpty()) {
      happen(draw());
      return true;
    }
    long next = clock.nextAlarm();
    if (next <= horizon && next != Long.MAX_VALUE) {
      clock.ringNext();
      return true;
    }
    if (horizon != Long.MAX_VALUE) {
      clock.moveTo(horizon);
    }
    return false;
  }

  private Step draw() {
    int index = runnable.size() == 1 ? 0 : chance.nextInt(runnable.size());
    Step last = runnable.removeLast();
    return index == runnable.size() ? last : runnable.set(index, last);
  }

  private void happen(Step step) {
    switch (step) {
      case Step.Take(Turn turn) -> {
        trace.add(clock.nanos(), turn);
        if (turn.run(Slice.of(1 + chance.nextInt(SLICE_MAX)))) {
          runnable.add(step);
        }
      }
      case Step.Begin(Turn body) -> {
        trace.add(clock.nanos(), body);
        Baton.Holder first = new Baton.Holder();
        baton.start("body", () -> live(first, body));
        baton.passTo(first);
      }
      case Step.Resume(Waiter waiter) -> {
        Baton.Holder holder = waiting.remove(waiter);
        if (holder != null) {
          baton.passTo(holder);
        }
      }
    }
  }

  private void live(Baton.Holder first, Turn body) {
    baton.take(first);
    body.run(Slice.of(1));
    baton.passToLoop();
  }

  @Override
  protected void schedule(Turn turn) {
    runnable.add(new Step.Take(turn));
  }

  @Override
  protected void fork(Turn body) {
    runnable.add(new Step.Begin(body));
  }

  @Override
  protected void await(Waiter waiter, long deadlineNanos) {
    if (waiter.isPermitted()) {
      return;
    }
    if (Thread.currentThread() == driver) {
      drive(waiter::isPermitted, deadlineNanos);
      return;
    }
    Baton.Holder holder = new Baton.Holder();
    waiting.put(waiter, holder);
    Clock.Alarm alarm =
        deadlineNanos == Long.MAX_VALUE
            ? () -> {}
            : clock.schedule(deadlineNanos, () -> goOn(waiter));
    baton.passToLoop();
    baton.take(holder);
    alarm.cancel();
  }

  @Override
  protected void resume(Waiter waiter) {
    waiter.permit();
    goOn(waiter);
  }

  private void goOn(Waiter waiter) {
    if (waiting.containsKey(waiter)) {
      runnable.add(new Step.Resume(waiter));
    }
  }

  @Override
  protected void reap(Turn killed) {
    // only one process runs: it is never the one that is killed from outside its own code
  }

  @Override
  protected int parallelism() {
    return 1;
  }

  @Override
  protected int tick() {
    return (int) (clock.nanos() / 1_000_000);
  }

  /// Ends the world's threads.
  void end() {
    baton.end(waiting.values());
  }
}
