package dev.kith.cluster;

/// How many strangers may be at the door: those that have connected with this node and have not
/// proved anything.
///
/// **Threading.** Any thread; each method is one step.
final class Porch {
  private static final long SECOND = 1_000_000_000;

  private final int strangersMax;
  private final int arrivals;

  /// What follows is guarded by this object's lock.
  private int strangers;

  private long tokensAt;
  private double tokens;

  /// @param now the time in nanoseconds, by any clock that only goes forward
  Porch(LinkLimits limits, long now) {
    this.strangersMax = limits.strangers();
    this.arrivals = limits.arrivals();
    this.tokens = arrivals;
    this.tokensAt = now;
  }

  /// Somebody comes; false if there is no room.
  synchronized boolean enter(long now) {
    tokens = Math.min(arrivals, tokens + (double) (now - tokensAt) * arrivals / SECOND);
    tokensAt = now;
    if (tokens < 1 || strangers == strangersMax) {
      return false;
    }
    tokens--;
    strangers++;
    return true;
  }

  /// Somebody who has come has proved itself, or has gone.
  synchronized void leave() {
    strangers--;
  }
}
