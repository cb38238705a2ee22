package dev.kith.bench.workload;

import java.time.Duration;

/// Askers, which are processes that never wait, ask one server; the answer comes back as a message,
/// and is followed by the next question. An ask has a deadline: a plain message there and a plain
/// message back would be `pairs`.
///
/// **Figure.** Asks a second, of all askers. **Checked.** The answers add up to what was asked.
public interface Asks extends Workload {
  /// What is asked, and answered unchanged.
  Integer NUMBER = 7;

  /// How long an asker gives the server.
  Duration WITHIN = Duration.ofSeconds(20);

  /// How many askers there are.
  int askers();

  /// Lets each asker ask so often; returns the sum of all answers.
  long ask(long asksEach) throws Exception;

  @Override
  default Figures run(long asks) throws Exception {
    long asksEach = Math.max(1, asks / askers());
    Stopwatch watch = Stopwatch.start();
    long sum = ask(asksEach);
    double seconds = watch.seconds();
    Check.equal("sum of the answers", asksEach * askers() * NUMBER, sum);
    return Figures.of(asksEach * askers() / seconds);
  }
}
