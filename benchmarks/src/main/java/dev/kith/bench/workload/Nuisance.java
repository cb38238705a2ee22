package dev.kith.bench.workload;

/// What an inconsiderate process does with its turn.
public final class Nuisance {
  private static final long MILLIS = 10;
  private static final long NANOS = MILLIS * 1_000_000;

  private Nuisance() {}

  /// Computes for ten milliseconds.
  public static void spin() {
    Stopwatch watch = Stopwatch.start();
    while (watch.nanos() < NANOS) {
      Thread.onSpinWait();
    }
  }

  /// Sleeps for ten milliseconds.
  public static void block() throws InterruptedException {
    Thread.sleep(MILLIS);
  }
}
