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
  private final Queue<Due> late = new ArrayDeque<>();
  private boolean suspended;

  SuspendableClock(Clock world) {
    this.world = world;
  }

  void suspend() {
    suspended = true;
  }

  void resume() {
    suspended = false;
    for (Due due = late.poll(); due != null; due = late.poll()) {
      var _ = world.schedule(nanos(), due);
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
    Due due = new Due(task);
    Alarm alarm = world.schedule(atNanos, due);
    return () -> {
      alarm.cancel();
      due.isTakenBack = true;
    };
  }

  /// What rings, at once or late.
  private final class Due implements Runnable {
    final Runnable task;
    boolean isTakenBack;

    Due(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (suspended) {
        late.add(this);
      } else if (!isTakenBack) {
        task.run();
      }
    }
  }
}
