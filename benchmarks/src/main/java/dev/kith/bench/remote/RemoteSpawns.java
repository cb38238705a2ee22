package dev.kith.bench.remote;

import dev.kith.bench.workload.Check;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;

/// A process that starts others on the other side, a few hundred at a time, and hears of each; they
/// end as soon as they have begun.
///
/// **Figure.** Processes a second. **Checked.** All were started.
public interface RemoteSpawns extends Workload {
  /// Starts so many; returns how many it has heard of.
  long spawn(long processes) throws Exception;

  @Override
  default Figures run(long processes) throws Exception {
    Stopwatch watch = Stopwatch.start();
    long started = spawn(processes);
    double seconds = watch.seconds();
    Check.equal("processes started", processes, started);
    return Figures.of(started / seconds);
  }
}
