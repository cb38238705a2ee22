package dev.kith.bench.workload;

/// A way to run processes on the JVM, which makes a workload of each benchmark's kind or says why
/// not.
public interface Subject {

  /// Pairs of processes, each with one ball.
  Offer<Pairs> pairs(int pairs);

  /// Many senders, one receiver.
  Offer<FanIn> fanIn(int senders);

  /// A ring with one token.
  Offer<Ring> ring(int size);

  /// A parent and very many children, one after the other.
  Offer<Spawns> spawns();

  /// Callers that wait.
  Offer<Calls> calls(int callers);

  /// Askers that do not wait.
  Offer<Asks> asks(int askers);

  /// A tree of processes that add up.
  Offer<Skynet> skynet();

  /// A child that crashes again and again.
  Offer<Restarts> restarts();

  /// Very many processes with nothing to do.
  Offer<Idle> idle();

  /// Very many watchers of one process.
  Offer<Downs> downs();

  /// Very many timers.
  Offer<Timers> timers(int owners);

  /// Calls on a machine that others use too.
  Offer<Latency> latency();
}
