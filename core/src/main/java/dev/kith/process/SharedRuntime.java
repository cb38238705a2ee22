package dev.kith.process;

/// The real world: the threads that the nodes of this JVM share, started with the first node and
/// stopped with the last.
final class SharedRuntime {
  /// Names a system property: how many workers, if not as many as there are processors.
  private static final String WORKERS_PROPERTY = "kith.workers";

  private static final RealClock CLOCK = new RealClock();

  private static final Environment REAL =
      new Environment(
          CLOCK,
          new RealEntropy(),
          new RunQueues(
              CLOCK,
              Integer.getInteger(WORKERS_PROPERTY, Runtime.getRuntime().availableProcessors())));

  private SharedRuntime() {}

  static Environment environment() {
    return REAL;
  }
}
