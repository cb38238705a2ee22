package dev.kith.process;

import java.util.Locale;

/// Invariants that are always on.
final class Checks {
  private Checks() {}

  /// Throws with the formatted message unless the condition holds.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  static void check(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}
