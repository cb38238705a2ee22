package dev.kith.testing;

import dev.kith.process.Clock;
import java.time.Duration;

/// The clock of one machine of a world: the time of all, and a date of its own.
///
/// **Threading.** As the world's clock.
final class HostClock implements Clock {
  private final Clock world;
  private long aheadMillis;

  HostClock(Clock world) {
    this.world = world;
  }

  void changeDate(Duration by) {
    aheadMillis += by.toMillis();
  }

  @Override
  public long nanos() {
    return world.nanos();
  }

  @Override
  public long wallMillis() {
    return world.wallMillis() + aheadMillis;
  }

  @Override
  public Alarm schedule(long atNanos, Runnable task) {
    return world.schedule(atNanos, task);
  }
}
