package dev.kith.bench.workload;

/// Pairs of processes throw one ball back and forth, each pair its own, all at the same time.
///
/// **Figure.** Of one pair round trips a second, as everybody counts them; of many messages a
/// second. **Checked.** Every ball came home as often as it was thrown.
public interface Pairs extends Workload {

  /// How many there are.
  int pairs();

  /// Lets each pair make so many round trips; returns how often the balls came home in all.
  long play(long tripsEach) throws Exception;

  @Override
  default Figures run(long trips) throws Exception {
    long tripsEach = Math.max(1, trips / pairs());
    Stopwatch watch = Stopwatch.start();
    long home = play(tripsEach);
    double seconds = watch.seconds();
    Check.equal("round trips", tripsEach * pairs(), home);
    return Figures.of((pairs() == 1 ? home : 2 * home) / seconds);
  }
}
