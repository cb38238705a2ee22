package dev.kith.bench.remote.netty;

import dev.kith.bench.remote.Broadcast;
import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.NodeDown;
import dev.kith.bench.remote.OneWay;
import dev.kith.bench.remote.RemoteSpawns;
import dev.kith.bench.remote.RemoteSubject;
import dev.kith.bench.remote.RoundTrips;
import dev.kith.bench.workload.Offer;

/// Bare Netty.
public final class NettySubject implements RemoteSubject {
  private static final String NOTHING = "has no processes";

  /// There is nothing to set.
  public NettySubject() {}

  @Override
  public Offer<OneWay> oneWay(Load load) {
    return Offer.of(() -> new NettyOneWay(load));
  }

  @Override
  public Offer<RoundTrips> roundTrips(int askers) {
    return Offer.of(() -> new NettyRoundTrips(askers));
  }

  @Override
  public Offer<RemoteSpawns> spawns() {
    return Offer.leftOut(NOTHING);
  }

  @Override
  public Offer<Broadcast> broadcast() {
    return Offer.leftOut(NOTHING);
  }

  @Override
  public Offer<NodeDown> nodeDown() {
    return Offer.leftOut(NOTHING);
  }
}
