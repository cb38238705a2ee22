package dev.kith.net;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other threads do, with a deadline.
final class Eventually {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private Eventually() {}

  static void holds(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  static void opens(String what, CountDownLatch latch) {
    holds(what, () -> latch.getCount() == 0);
  }
}
