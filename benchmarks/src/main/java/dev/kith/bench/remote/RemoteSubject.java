package dev.kith.bench.remote;

import dev.kith.bench.workload.Offer;

/// A way to send between JVMs, which makes a workload of each kind or says why not.
public interface RemoteSubject {

  /// One sender, one receiver on the other side.
  Offer<OneWay> oneWay(Load load);

  /// Processes that ask one on the other side, each one thing at a time.
  Offer<RoundTrips> roundTrips(int askers);

  /// A process that starts others on the other side.
  Offer<RemoteSpawns> spawns();

  /// A group with very many members on three sides.
  Offer<Broadcast> broadcast();

  /// Watchers of processes on a side that ends.
  Offer<NodeDown> nodeDown();
}
