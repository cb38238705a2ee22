package dev.kith.bench.workload;

/// One process starts ten, each of them ten, until there is one for each leaf. A leaf sends its
/// number to its parent and ends; a parent adds ten sums up, sends the sum on and ends.
///
/// **Figure.** Milliseconds from the first start to the last sum. **Checked.** The sum.
public interface Skynet extends Workload {
  /// Children of a process that is no leaf.
  int BRANCHES = 10;

  /// Grows a tree with so many leaves, a power of ten; returns the sum of their numbers.
  long grow(long leaves) throws Exception;

  @Override
  default Figures run(long leaves) throws Exception {
    Stopwatch watch = Stopwatch.start();
    long sum = grow(leaves);
    double millis = watch.millis();
    Check.equal("sum of the leaves", leaves * (leaves - 1) / 2, sum);
    return Figures.of(millis);
  }
}
