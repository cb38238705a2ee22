package dev.kith.bench.measure;

import dev.kith.bench.workload.Check;
import java.util.Arrays;
import java.util.List;

/// One metric over all its rounds.
///
/// @param median the figure that counts: half of the rounds are no greater, half no smaller
/// @param min the least of all rounds
/// @param max the greatest of all rounds
/// @param rounds how many rounds there were
public record Spread(double median, double min, double max, int rounds) {

  public Spread {
    Check.holds(rounds > 0, "a median of no rounds");
    Check.holds(min <= median && median <= max, "%s, %s, %s out of order", min, median, max);
  }

  /// The spread of these values.
  public static Spread of(List<Double> values) {
    Check.holds(!values.isEmpty(), "a median of no rounds");
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}
