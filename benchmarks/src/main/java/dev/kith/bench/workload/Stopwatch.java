package dev.kith.bench.workload;

/// Time as benchmarks take it. The only place that reads the clock.
public final class Stopwatch {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long startedAt;

  private Stopwatch(long startedAt) {
    this.startedAt = startedAt;
  }

  /// Starts one.
  public static Stopwatch start() {
    return new Stopwatch(now());
  }

  /// One that starts at a moment, past or to come, as [#now] tells it.
  public static Stopwatch startingAt(long nanos) {
    return new Stopwatch(nanos);
  }

  /// This moment, in nanoseconds since some other one.
  public static long now() {
    return System.nanoTime();
  }

  /// Since its start.
  public long nanos() {
    return now() - startedAt;
  }

  /// Since its start.
  public double seconds() {
    return nanos() / NANOS_PER_SECOND;
  }

  /// Since its start.
  public double millis() {
    return nanos() / NANOS_PER_MILLI;
  }
}
