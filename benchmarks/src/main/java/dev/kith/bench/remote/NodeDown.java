package dev.kith.bench.remote;

import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;

/// A watcher of very many processes on another side, which is killed; and once more on one that is
/// stopped, so that it goes silent without a word.
///
/// **Figures.** Milliseconds from the kill to the last news of an end; from the stop. **Checked.**
/// There is news of every process.
public interface NodeDown extends Workload {

  /// How a side ends.
  enum End {
    /// `SIGKILL`.
    KILL,

    /// `SIGSTOP`.
    STOP
  }

  /// Starts a side, watches so many processes there, ends it; returns when all news is there.
  Stopwatch end(End how, int processes) throws Exception;

  @Override
  default Figures run(long processes) throws Exception {
    int count = Math.toIntExact(processes);
    double killed = end(End.KILL, count).millis();
    double stopped = end(End.STOP, count).millis();
    return Figures.of(killed, stopped);
  }
}
