package dev.kith.bench.measure;

import dev.kith.bench.workload.Check;

/// How long one fork warms up and measures.
///
/// @param warmupMillis for how long rounds do not count, at least
/// @param roundMillis how long a round is, if its work can be adapted
/// @param rounds how many rounds count, fewer if their fixed work takes too long
record Pace(int warmupMillis, int roundMillis, int rounds) {
  /// Everything may take so many times the time that was meant for it.
  private static final int PATIENCE = 4;

  Pace {
    Check.holds(warmupMillis >= 0, "a warm-up takes time, not %d ms", warmupMillis);
    Check.holds(roundMillis > 0, "a round takes time, not %d ms", roundMillis);
    Check.holds(rounds > 0, "at least one round counts, not %d", rounds);
  }

  /// Who still gets faster after so long is measured all the same.
  int warmupMillisMax() {
    return PATIENCE * warmupMillis;
  }

  /// No round of fixed work begins after so long.
  int fixedMillisMax() {
    return PATIENCE * roundMillis * rounds;
  }
}
