package dev.kith.cluster;

import dev.kith.process.Entropy;
import java.time.Duration;

/// How long to wait before the next attempt to connect: twice as long after each that failed, up to
/// a limit, and somewhere between half of that and all of it, so that nodes that lost each other
/// together do not all come back together.
///
/// @param first after the first failure
/// @param most however many there were
public record Backoff(Duration first, Duration most) {
  private static final Backoff STANDARD =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  public Backoff {
    if (!first.isPositive() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException("from " + first + " to " + most);
    }
  }

  /// 100 ms, at most 5 s.
  public static Backoff standard() {
    return STANDARD;
  }

  /// The wait after so many failures, 1 or more.
  Duration after(int failures, Entropy chance) {
    long nanos = first.toNanos();
    for (int i = 1; i < failures && nanos < most.toNanos(); i++) {
      nanos *= 2;
    }
    long full = Math.min(nanos, most.toNanos());
    long half = full / 2;
    return Duration.ofNanos(half + Math.floorMod(chance.bits(), full - half + 1));
  }
}
