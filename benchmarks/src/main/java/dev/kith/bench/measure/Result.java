package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import java.util.List;

/// What became of one subject in one benchmark.
///
/// @param benchmark the benchmark
/// @param contestant the subject
/// @param outcome what became of it
public record Result(Benchmark benchmark, Contestant contestant, Outcome outcome) {

  /// What became of it.
  public sealed interface Outcome {}

  /// It was measured.
  ///
  /// @param setting with which of the subject's settings
  /// @param spreads one for each metric of the benchmark, in their order
  public record Measured(String setting, List<Spread> spreads) implements Outcome {
    public Measured {
      spreads = List.copyOf(spreads);
    }
  }

  /// It does not take part.
  ///
  /// @param why a clause that says so
  public record LeftOut(String why) implements Outcome {}

  /// It was to be measured, and could not.
  ///
  /// @param why a clause that says so
  public record Failed(String why) implements Outcome {}
}
