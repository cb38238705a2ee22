package dev.kith.bench.workload;

import java.util.Arrays;
import java.util.concurrent.Callable;

/// When one caller is to make its calls, and how long each took from then.
///
/// **Threading.** The caller's until it is through, then that of whoever waited for it.
public final class Timetable {
  private static final double NANOS_PER_MICRO = 1e3;

  private final long[] latencies;
  private final long intervalNanos;
  private int made;

  /// So many calls, one each interval; with no interval each is due when the one before is
  /// answered.
  public Timetable(int calls, long intervalNanos) {
    this.latencies = new long[calls];
    this.intervalNanos = intervalNanos;
  }

  /// Makes the calls. In the caller.
  public void run(Callable<Integer> call) throws Exception {
    long due = Stopwatch.now();
    for (int i = 0; i < latencies.length; i++) {
      while (Stopwatch.now() < due) {
        Thread.onSpinWait();
      }
      Check.equal("answer", Calls.NUMBER, call.call());
      long now = Stopwatch.now();
      latencies[i] = now - due;
      due = intervalNanos == 0 ? now : due + intervalNanos;
      made++;
    }
  }

  void checkThrough() {
    Check.equal("calls made", latencies.length, made);
  }

  /// For each share of the calls the latency that they stay under, or at.
  public double[] microsUnder(double... shares) {
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);
    return Arrays.stream(shares)
        .map(share -> sorted[rank(share, sorted.length)] / NANOS_PER_MICRO)
        .toArray();
  }

  private static int rank(double share, int of) {
    return Math.clamp((int) Math.ceil(share * of) - 1, 0, of - 1);
  }
}
