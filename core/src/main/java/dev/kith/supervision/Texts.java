package dev.kith.supervision;

import java.time.Duration;
import java.util.Locale;

/// Words for reports.
final class Texts {
  private Texts() {}

  /// As `5s` or `1h30m`.
  static String of(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// As `transient`.
  static String of(Restart restart) {
    return restart.name().toLowerCase(Locale.ROOT);
  }
}
