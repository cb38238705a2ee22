package dev.kith.bench.workload;

import java.util.concurrent.Callable;

/// What a subject has for a benchmark.
///
/// @param <W> the kind of workload
public sealed interface Offer<W extends Workload> {

  /// It runs it.
  ///
  /// @param start makes the workload
  /// @param <W> the kind of workload
  record Runs<W extends Workload>(Callable<? extends W> start) implements Offer<W> {}

  /// It does not, because that would make no sense.
  ///
  /// @param why a clause that says so
  /// @param <W> the kind of workload
  record LeftOut<W extends Workload>(String why) implements Offer<W> {}

  /// It runs it, like this.
  static <W extends Workload> Offer<W> of(Callable<? extends W> start) {
    return new Runs<>(start);
  }

  /// It does not.
  static <W extends Workload> Offer<W> leftOut(String why) {
    return new LeftOut<>(why);
  }
}
