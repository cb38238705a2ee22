package dev.kith.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What a supervisor does one after the other.
final class Lane {
  /// Whose it is; null for the lane of all.
  final @Nullable Child owner;

  /// What has come while it was busy.
  final Deque<Event> waiting = new ArrayDeque<>();

  /// Null if it is idle.
  @Nullable Activity activity;

  /// The pause after which it goes on; 0 for none.
  long pause;

  /// Restarts in a row, for the back-off.
  int attempts;

  /// When the last restart was complete.
  Duration steadySince = Duration.ZERO;

  Lane(@Nullable Child owner) {
    this.owner = owner;
  }

  /// One more restart, in a row unless what restarts was up for long enough.
  void countAttempt(RestartBackoff backoff, Activity.Pausing pausing, Duration now) {
    boolean wasUp = pausing == Activity.Pausing.NOTHING;
    if (wasUp && backoff.isOverAfter(now.minus(steadySince))) {
      attempts = 0;
    }
    attempts++;
  }
}
