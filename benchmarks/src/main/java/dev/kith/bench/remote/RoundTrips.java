package dev.kith.bench.remote;

import dev.kith.bench.workload.Check;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;
import java.util.Arrays;
import java.util.List;

/// Processes that each ask one on the other side something and, when the answer is there, the next
/// thing.
///
/// **Figures.** Round trips a second; then the latencies, in microseconds, that half and 99 % of
/// them stay under. **Checked.** Every question was answered.
public interface RoundTrips extends Workload {
  /// How many ask.
  int askers();

  /// Lets each ask so often; returns how long each answer took, in nanoseconds, asker by asker.
  List<long[]> ask(int each) throws Exception;

  @Override
  default Figures run(long amount) throws Exception {
    int each = Math.toIntExact(Math.max(10, amount / askers()));
    Stopwatch watch = Stopwatch.start();
    List<long[]> latencies = ask(each);
    double seconds = watch.seconds();
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    Check.equal("answers", (long) each * askers(), all.length);
    return Figures.of(
        all.length / seconds, all[all.length / 2] / 1e3, all[(int) (all.length * 0.99)] / 1e3);
  }
}
