package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.Broadcast;
import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.NodeDown;
import dev.kith.bench.remote.OneWay;
import dev.kith.bench.remote.RemoteSpawns;
import dev.kith.bench.remote.RemoteSubject;
import dev.kith.bench.remote.RoundTrips;
import dev.kith.bench.workload.Offer;

/// Kith between JVMs, over TCP or TLS.
public final class KithSubjects implements RemoteSubject {
  static final String NEAR = "near";
  static final String FAR = "far";

  private static final String NO_TLS = "measures no bytes";

  private final boolean tls;

  private KithSubjects(boolean tls) {
    this.tls = tls;
  }

  /// Over TCP.
  public static RemoteSubject plain() {
    return new KithSubjects(false);
  }

  /// Over TLS 1.3, both sides with certificates.
  public static RemoteSubject tls() {
    return new KithSubjects(true);
  }

  private String certificates() throws Exception {
    return tls ? Certificates.make().toString() : KithSide.PLAIN;
  }

  @Override
  public Offer<OneWay> oneWay(Load load) {
    return Offer.of(() -> new KithOneWay(load, certificates()));
  }

  @Override
  public Offer<RoundTrips> roundTrips(int askers) {
    return Offer.of(() -> new KithRoundTrips(askers, certificates()));
  }

  @Override
  public Offer<RemoteSpawns> spawns() {
    return tls ? Offer.leftOut(NO_TLS) : Offer.of(KithRemoteSpawns::new);
  }

  @Override
  public Offer<Broadcast> broadcast() {
    return tls ? Offer.leftOut(NO_TLS) : Offer.of(KithBroadcast::new);
  }

  @Override
  public Offer<NodeDown> nodeDown() {
    return tls ? Offer.leftOut(NO_TLS) : Offer.of(KithNodeDown::new);
  }
}
