package dev.kith.bench.workload;

import java.util.Arrays;
import java.util.List;

/// What one round came to: one value for each metric of its benchmark, in the same order.
///
/// @param values the values
public record Figures(List<Double> values) {

  public Figures {
    values = List.copyOf(values);
    for (double value : values) {
      Check.holds(Double.isFinite(value), "a figure is a number, not %s", value);
    }
  }

  /// These values.
  public static Figures of(double... values) {
    return new Figures(Arrays.stream(values).boxed().toList());
  }
}
