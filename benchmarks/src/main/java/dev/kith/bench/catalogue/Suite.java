package dev.kith.bench.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Benchmarks that belong together.
public enum Suite {
  /// Processes of one node.
  CORE("core"),

  /// Processes of several, each in a JVM of its own.
  REMOTE("remote");

  private final String text;

  Suite(String text) {
    this.text = text;
  }

  /// The one with this name.
  public static Optional<Suite> of(String text) {
    return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
  }

  /// Its benchmarks.
  public List<Benchmark> benchmarks() {
    return Arrays.stream(Benchmark.values()).filter(one -> one.suite() == this).toList();
  }

  /// Who takes part in it.
  public List<Contestant> contestants() {
    return Arrays.stream(Contestant.values()).filter(one -> one.isIn(this)).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
