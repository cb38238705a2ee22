package dev.kith.bench.workload;

/// One benchmark as one subject runs it: its processes made, its threads standing by.
///
/// Each benchmark has an interface of its own below this one. That interface asks the subject for
/// the bare work, and itself takes the time and checks that the work was done, so that both are the
/// same for all subjects.
public interface Workload extends AutoCloseable {

  /// Does so much work once and says how it went: one figure for each of the benchmark's metrics.
  ///
  /// @throws IllegalStateException if less was done, or something else
  Figures run(long amount) throws Exception;

  /// Ends the processes and threads.
  @Override
  void close();
}
