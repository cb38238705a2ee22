package dev.kith.testing;

import dev.kith.process.Clock;
import java.util.ArrayDeque;
import java.util.Queue;

/// The clock of somebody who can be suspended: time goes on meanwhile, and alarms that were due
/// ring afterwards, in their order.
///
/// **Threading.** As the world's clock.
final class SuspendableClock implements Clock {
  private final Clock world;
  private final Queue<Runnable> late = new ArrayDeque<>();
  private boolean suspended;

  SuspendableClock(Clock world) {
    this.world = world;
  }

  void suspend() {
    suspended = true;
  }

  void resume() {
    suspended = false;
    for (Runnable task = late.poll(); task != null; task = late.poll()) {
      var _ = schedule(nanos(), task);
    }
  }

  boolean isSuspended() {
    return suspended;
  }

  @Override
  public long nanos() {
    return world.nanos();
  }

  @Override
  public long wallMillis() {
    return world.wallMillis();
  }

  @Override
  public Alarm schedule(long atNanos, Runnable task) {
    return world.schedule(atNanos, () -> ring(task));
  }

  private void ring(Runnable task) {
    if (suspended) {
      late.add(task);
    } else {
      task.run();
    }
  }
}
