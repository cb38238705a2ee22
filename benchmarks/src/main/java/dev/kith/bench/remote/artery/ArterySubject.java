package dev.kith.bench.remote.artery;

import dev.kith.bench.remote.Broadcast;
import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.NodeDown;
import dev.kith.bench.remote.OneWay;
import dev.kith.bench.remote.RemoteSpawns;
import dev.kith.bench.remote.RemoteSubject;
import dev.kith.bench.remote.RoundTrips;
import dev.kith.bench.workload.Offer;

/// Pekko's Artery.
public final class ArterySubject implements RemoteSubject {
  private static final String NOT_HERE = "has it in Pekko's cluster, which is not measured";

  /// There is nothing to set.
  public ArterySubject() {}

  @Override
  public Offer<OneWay> oneWay(Load load) {
    return Offer.of(() -> new ArteryOneWay(load));
  }

  @Override
  public Offer<RoundTrips> roundTrips(int askers) {
    return Offer.of(() -> new ArteryRoundTrips(askers));
  }

  @Override
  public Offer<RemoteSpawns> spawns() {
    return Offer.leftOut("starts no actors elsewhere in its typed language");
  }

  @Override
  public Offer<Broadcast> broadcast() {
    return Offer.leftOut(NOT_HERE);
  }

  @Override
  public Offer<NodeDown> nodeDown() {
    return Offer.leftOut(NOT_HERE);
  }
}
