package dev.kith.bench.workload;

/// Processes in a ring pass one token on, which says how many hops are left.
///
/// **Figure.** Hops a second. **Checked.** The token ends where that many hops lead.
public interface Ring extends Workload {

  /// How many processes the ring has.
  int size();

  /// Gives the token to member 0, which passes it on, and so on; returns which member holds it when
  /// no hop is left.
  int pass(long hops) throws Exception;

  @Override
  default Figures run(long hops) throws Exception {
    Stopwatch watch = Stopwatch.start();
    int holder = pass(hops);
    double seconds = watch.seconds();
    Check.equal("holder of the token", hops % size(), holder);
    return Figures.of(hops / seconds);
  }
}
