package dev.kith.cluster.registrar;

import java.time.Duration;

/// How long a member may be silent, and how often it gives a sign of life.
///
/// @param timeout a member that was not heard of for so long is removed
/// @param renewal a member gives a sign of life so often
/// @param margin a member relies on its stay for so much less than the timeout, because clocks run
///   at different speeds
public record SessionTiming(Duration timeout, Duration renewal, Duration margin) {
  private static final SessionTiming STANDARD = of(Duration.ofSeconds(6));

  public SessionTiming {
    if (renewal.toMillis() < 1
        || margin.isNegative()
        || timeout.minus(margin).compareTo(renewal.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "a session of %s, renewed every %s, less %s".formatted(timeout, renewal, margin));
    }
  }

  /// 6 s.
  public static SessionTiming standard() {
    return STANDARD;
  }

  /// With this timeout: renewed four times in it, and relied upon for a tenth less.
  public static SessionTiming of(Duration timeout) {
    return new SessionTiming(timeout, timeout.dividedBy(4), timeout.dividedBy(10));
  }
}
