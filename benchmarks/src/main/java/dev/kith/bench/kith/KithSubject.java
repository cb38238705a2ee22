package dev.kith.bench.kith;

import dev.kith.bench.workload.Asks;
import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Downs;
import dev.kith.bench.workload.FanIn;
import dev.kith.bench.workload.Idle;
import dev.kith.bench.workload.Latency;
import dev.kith.bench.workload.Offer;
import dev.kith.bench.workload.Pairs;
import dev.kith.bench.workload.Restarts;
import dev.kith.bench.workload.Ring;
import dev.kith.bench.workload.Skynet;
import dev.kith.bench.workload.Spawns;
import dev.kith.bench.workload.Subject;
import dev.kith.bench.workload.Timers;

/// Kith, as it comes.
public final class KithSubject implements Subject {

  /// There is nothing to set.
  public KithSubject() {}

  @Override
  public Offer<Pairs> pairs(int pairs) {
    return Offer.of(() -> new KithPairs(pairs));
  }

  @Override
  public Offer<FanIn> fanIn(int senders) {
    return Offer.of(() -> new KithFanIn(senders));
  }

  @Override
  public Offer<Ring> ring(int size) {
    return Offer.of(() -> new KithRing(size));
  }

  @Override
  public Offer<Spawns> spawns() {
    return Offer.of(KithSpawns::new);
  }

  @Override
  public Offer<Calls> calls(int callers) {
    return Offer.of(() -> new KithCalls(callers));
  }

  @Override
  public Offer<Asks> asks(int askers) {
    return Offer.of(() -> new KithAsks(askers));
  }

  @Override
  public Offer<Skynet> skynet() {
    return Offer.of(KithSkynet::new);
  }

  @Override
  public Offer<Restarts> restarts() {
    return Offer.of(KithRestarts::new);
  }

  @Override
  public Offer<Idle> idle() {
    return Offer.of(KithIdle::new);
  }

  @Override
  public Offer<Downs> downs() {
    return Offer.of(KithDowns::new);
  }

  @Override
  public Offer<Timers> timers(int owners) {
    return Offer.of(() -> new KithTimers(owners));
  }

  @Override
  public Offer<Latency> latency() {
    return Offer.of(KithLatency::new);
  }
}
