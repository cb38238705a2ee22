package dev.kith.process;

/// The world that a node lives in: everything that is not determined by its messages.
///
/// A program uses [#real()]; a test passes the simulated world of `dev.kith.testing`, in which one
/// seed decides all of it.
///
/// @param clock time
/// @param entropy randomness
/// @param scheduler who runs next, and on which thread
public record Environment(Clock clock, Entropy entropy, Scheduler scheduler) {

  /// The machine's clock and randomness, and the run queues that all nodes of this JVM share.
  public static Environment real() {
    return SharedRuntime.environment();
  }
}
