package dev.kith.bench.remote;

import dev.kith.bench.workload.Check;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;

/// One sender and, on the other side, one receiver, which acknowledges batches; so that at most
/// `batch × BATCHES_AHEAD` messages are on their way.
///
/// **Figure.** Messages received a second. **Checked.** All were received.
public interface OneWay extends Workload {
  /// What is sent.
  Load load();

  /// Sends so many batches; returns how many messages the receiver has counted.
  long send(long batches) throws Exception;

  @Override
  default Figures run(long messages) throws Exception {
    long batches = Math.max(Load.BATCHES_AHEAD, messages / load().batch());
    Stopwatch watch = Stopwatch.start();
    long received = send(batches);
    double seconds = watch.seconds();
    Check.equal("messages received", batches * load().batch(), received);
    return Figures.of(received / seconds);
  }
}
