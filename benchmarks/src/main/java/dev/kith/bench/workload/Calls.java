package dev.kith.bench.workload;

import java.time.Duration;

/// Callers, each on a virtual thread, ask one server and wait for its answer, again and again.
///
/// **Figure.** Calls a second, of all callers. **Checked.** The answers add up to what was asked.
public interface Calls extends Workload {
  /// What is asked, and answered unchanged.
  Integer NUMBER = 7;

  /// How long a caller would wait.
  Duration WITHIN = Duration.ofSeconds(20);

  /// How many callers there are.
  int callers();

  /// Lets each caller call so often; returns the sum of all answers.
  long call(long callsEach) throws Exception;

  @Override
  default Figures run(long calls) throws Exception {
    long callsEach = Math.max(1, calls / callers());
    Stopwatch watch = Stopwatch.start();
    long sum = call(callsEach);
    double seconds = watch.seconds();
    Check.equal("sum of the answers", callsEach * callers() * NUMBER, sum);
    return Figures.of(callsEach * callers() / seconds);
  }
}
