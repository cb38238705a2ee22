package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Metric;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import java.util.OptionalDouble;

/// When a fork is warm: its time is up, and its rounds have stopped getting better. On a machine
/// that is busy with something else, compilers take longer to come round.
final class Warmth {
  /// A round that is so many times as good as the best before it says that it still gets better.
  private static final double PROGRESS = 1.05;

  private final Metric metric;
  private final Pace pace;
  private final Stopwatch watch = Stopwatch.start();
  private OptionalDouble best = OptionalDouble.empty();
  private boolean settled;

  Warmth(Metric metric, Pace pace) {
    this.metric = metric;
    this.pace = pace;
  }

  /// One more round has been run.
  void add(Figures figures) {
    double value = figures.values().getFirst();
    double gain = best.isPresent() ? metric.ratio(value, best.getAsDouble()) : 2 * PROGRESS;
    settled = gain < PROGRESS;
    if (gain > 1) {
      best = OptionalDouble.of(value);
    }
  }

  /// Whether the last round was hardly better than the best before it.
  boolean isSettled() {
    return settled;
  }

  boolean isEnough() {
    double millis = watch.millis();
    return millis >= pace.warmupMillisMax() || (settled && millis >= pace.warmupMillis());
  }
}
