package dev.kith.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The restarts that still count against a [RestartIntensity] (SUP-6): a value.
///
/// @param limit how many may
/// @param recent when they were and how many, newest first
record RestartWindow(RestartIntensity limit, List<Moment> recent) {

  /// The restarts of a moment: one entry for all of them, so that many in a short window cost no
  /// more than few.
  ///
  /// @param stamp which moment, in the limit's resolution
  /// @param restarts how many
  record Moment(long stamp, long restarts) {}

  RestartWindow {
    recent = List.copyOf(recent);
    if (sum(recent) > limit.restarts()) {
      throw new IllegalArgumentException(sum(recent) + " restarts, limit " + limit);
    }
  }

  /// What becomes of an attempt.
  sealed interface Verdict {

    /// It may be made.
    ///
    /// @param next the window in which it counts
    record Allowed(RestartWindow next) implements Verdict {}

    /// It is one too many.
    record GivenUp() implements Verdict {}
  }

  /// A window in which nothing has happened.
  static RestartWindow empty(RestartIntensity limit) {
    return new RestartWindow(limit, List.of());
  }

  /// Another attempt, at a time that is not before the last one.
  ///
  /// @param now the time since an origin that stays the same
  Verdict restartAt(Duration now) {
    long stamp = limit.resolution().stampOf(now);
    long oldest = stamp - limit.resolution().stampOf(limit.window());
    List<Moment> counted = new ArrayList<>();
    counted.add(new Moment(stamp, 1));
    for (Moment known : recent) {
      if (known.stamp == stamp) {
        counted.set(0, new Moment(stamp, known.restarts + 1));
      } else if (known.stamp >= oldest) {
        counted.add(known);
      }
    }
    return sum(counted) > limit.restarts()
        ? new Verdict.GivenUp()
        : new Verdict.Allowed(new RestartWindow(limit, counted));
  }

  private static long sum(List<Moment> moments) {
    long sum = 0;
    for (Moment moment : moments) {
      sum += moment.restarts;
    }
    return sum;
  }
}
