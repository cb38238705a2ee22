package dev.kith.bench.remote;

import dev.kith.bench.workload.Check;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;

/// A group with so many members on three sides, and one message to all of them.
///
/// **Figure.** Deliveries a second, to the last. **Checked.** Everybody got it.
public interface Broadcast extends Workload {
  /// Members on all sides together.
  int MEMBERS = 1_000_000;

  /// Sends one message to all; returns how many got it.
  long broadcast() throws Exception;

  @Override
  default Figures run(long amount) throws Exception {
    Stopwatch watch = Stopwatch.start();
    long received = broadcast();
    double seconds = watch.seconds();
    Check.equal("deliveries", MEMBERS, received);
    return Figures.of(received / seconds);
  }
}
