package dev.kith.supervision;

import java.time.Duration;

/// How long a supervisor waits before it restarts a child that keeps failing.
///
/// The first restart waits for about `first`, each further one twice as long, up to `longest`; the
/// real time is drawn from the upper half of that, so that many supervisors that lost the same
/// service do not come back at the same moment. Who stayed up for `longest` begins anew. OTP has
/// nothing like it: there a child that cannot start takes its supervisor down within moments.
///
/// @param first before the first restart; zero for no wait at all
/// @param longest the most
public record RestartBackoff(Duration first, Duration longest) {
  private static final RestartBackoff NONE = new RestartBackoff(Duration.ZERO, Duration.ZERO);

  /// Doubling more often would overflow; by then any `longest` is reached.
  private static final int DOUBLINGS_MAX = 30;

  public RestartBackoff {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("from 0 up, not from " + first + " to " + longest);
    }
  }

  /// No wait: a child is restarted at once.
  public static RestartBackoff none() {
    return NONE;
  }

  /// Waits from `first` to `longest`.
  public static RestartBackoff exponential(Duration first, Duration longest) {
    if (first.isZero()) {
      throw new IllegalArgumentException("nothing times two is nothing");
    }
    return new RestartBackoff(first, longest);
  }

  /// Whether children are restarted at once.
  public boolean isNone() {
    return first.isZero();
  }

  /// The wait before a restart.
  ///
  /// @param attempt 1 for the first restart since the child last stayed up, then 2, and so on
  /// @param bits 64 random bits
  Duration delay(int attempt, long bits) {
    int doublings = Math.min(attempt - 1, DOUBLINGS_MAX);
    long ceiling = longest.toNanos();
    long whole = first.toNanos() > ceiling >> doublings ? ceiling : first.toNanos() << doublings;
    long half = whole / 2;
    return Duration.ofNanos(whole - half + Long.remainderUnsigned(bits, half + 1));
  }

  /// Whether a child that was up for so long begins anew.
  boolean isOverAfter(Duration up) {
    return up.compareTo(longest) >= 0;
  }
}
