package dev.kith.bench.workload;

/// Refuses what is not so: a figure counts only if the work behind it was done.
public final class Check {
  private Check() {}

  /// Asks that something holds.
  ///
  /// @throws IllegalStateException with these words if it does not
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is Error Prone's own
  public static void holds(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new IllegalStateException(otherwise.formatted(values));
    }
  }

  /// Asks that two numbers are the same.
  ///
  /// @throws IllegalStateException if they differ
  public static void equal(String what, long expected, long found) {
    holds(expected == found, "%s: %d expected, %d found", what, expected, found);
  }
}
