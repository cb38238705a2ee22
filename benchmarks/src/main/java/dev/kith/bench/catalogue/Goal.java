package dev.kith.bench.catalogue;

/// What Kith wants to reach in one of a benchmark's metrics.
///
/// @param metric which one
/// @param aim what
public record Goal(int metric, Aim aim) {

  /// In the first metric.
  static Goal of(Aim aim) {
    return new Goal(0, aim);
  }
}
