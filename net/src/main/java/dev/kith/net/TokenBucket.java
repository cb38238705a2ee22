package dev.kith.net;

/// Counts down a burst that fills up again with time.
///
/// **Threading.** Belongs to one loop.
final class TokenBucket {
  /// Waits shorter than this are not worth a timer.
  private static final long PAUSE_NANOS_MIN = 20_000_000;

  private static final long SECOND = 1_000_000_000;

  private final RateLimit limit;
  private double tokens;
  private long filledAt;

  TokenBucket(RateLimit limit, long now) {
    this.limit = limit;
    this.tokens = limit.burst();
    this.filledAt = now;
  }

  /// Takes one token and tells whether there was one. Without one it is taken all the same, and
  /// owed.
  boolean take(long now) {
    if (tokens < 1) {
      fill(now);
    }
    tokens--;
    return tokens >= 0;
  }

  /// How long to pause until the debt is paid; 0 when there is none.
  long pauseNanos(long now) {
    fill(now);
    return tokens >= 0 ? 0 : Math.max(PAUSE_NANOS_MIN, nanosFor(-tokens));
  }

  private long nanosFor(double missing) {
    return (long) Math.ceil(missing * SECOND / limit.perSecond());
  }

  private void fill(long now) {
    double grown = (double) (now - filledAt) * limit.perSecond() / SECOND;
    tokens = Math.min(limit.burst(), tokens + grown);
    filledAt = now;
  }
}
