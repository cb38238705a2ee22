package dev.kith.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The restarts that still count against a [RestartIntensity] (SUP-6): a value.
///
/// @param limit how many may
/// @param recent when they were, newest first, in the limit's resolution
record RestartWindow(RestartIntensity limit, List<Long> recent) {

  RestartWindow {
    recent = List.copyOf(recent);
    if (recent.size() > limit.restarts()) {
      throw new IllegalArgumentException(recent.size() + " restarts, limit " + limit);
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
    List<Long> counted = new ArrayList<>();
    counted.add(stamp);
    for (long known : recent) {
      if (known >= oldest) {
        counted.add(known);
      }
    }
    return counted.size() > limit.restarts()
        ? new Verdict.GivenUp()
        : new Verdict.Allowed(new RestartWindow(limit, counted));
  }
}
