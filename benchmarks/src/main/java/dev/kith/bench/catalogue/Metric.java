package dev.kith.bench.catalogue;

/// What one figure of a benchmark says.
///
/// @param name its name within the benchmark
/// @param unit what it is counted in
/// @param better which way is better
public record Metric(String name, String unit, Better better) {

  /// Which of two figures is the better one.
  public enum Better {
    /// The greater.
    HIGHER("higher"),

    /// The smaller.
    LOWER("lower");

    private final String word;

    Better(String word) {
      this.word = word;
    }

    /// As reports have it.
    public String word() {
      return word;
    }
  }

  /// So many of these a second.
  static Metric perSecond(String what) {
    return new Metric("throughput", what + "/s", Better.HIGHER);
  }

  /// Milliseconds until it is done.
  static Metric millis(String name) {
    return new Metric(name, "ms", Better.LOWER);
  }

  /// A share of latencies is no longer than this.
  static Metric micros(String name) {
    return new Metric(name, "µs", Better.LOWER);
  }

  /// How many times better the one is than the other; less than 1 if it is worse.
  public double ratio(double one, double other) {
    return switch (better) {
      case HIGHER -> one / other;
      case LOWER -> other / one;
    };
  }
}
