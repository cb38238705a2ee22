package dev.kith.cluster;

import java.time.Duration;

/// How nodes find out that another is gone without a word (NOD-4).
///
/// Each sends a sign of life at every interval. One from which nothing at all has come in that many
/// intervals counts as gone: between `interval * (missed - 1)` and `interval * (missed + 1)` after
/// the last. All nodes must have the same values, which the handshake compares.
///
/// @param interval at least a millisecond
/// @param missed at least 2
public record Heartbeat(Duration interval, int missed) {
  private static final Heartbeat STANDARD = new Heartbeat(Duration.ofMillis(900), 4);

  public Heartbeat {
    if (interval.toMillis() < 1 || interval.toMillis() > Integer.MAX_VALUE || missed < 2) {
      throw new IllegalArgumentException(interval + ", " + missed + " times");
    }
  }

  /// 0.9 s and 4: gone is noticed after 2.7 to 4.5 s.
  public static Heartbeat standard() {
    return STANDARD;
  }

  /// After how long at most a silent node counts as gone.
  public Duration bound() {
    return interval.multipliedBy(missed + 1L);
  }
}
