package dev.kith.bench.fjp;

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

/// The least that can be had: see [Cell].
public final class PoolSubject implements Subject {

  /// There is nothing to set.
  public PoolSubject() {}

  @Override
  public Offer<Pairs> pairs(int pairs) {
    return Offer.of(() -> new PoolPairs(pairs));
  }

  @Override
  public Offer<FanIn> fanIn(int senders) {
    return Offer.of(() -> new PoolFanIn(senders));
  }

  @Override
  public Offer<Ring> ring(int size) {
    return Offer.of(() -> new PoolRing(size));
  }

  @Override
  public Offer<Spawns> spawns() {
    return Offer.of(PoolSpawns::new);
  }

  @Override
  public Offer<Calls> calls(int callers) {
    return Offer.of(() -> new PoolCalls(callers));
  }

  @Override
  public Offer<Asks> asks(int askers) {
    return Offer.leftOut("has no requests with a deadline");
  }

  @Override
  public Offer<Skynet> skynet() {
    return Offer.of(PoolSkynet::new);
  }

  @Override
  public Offer<Restarts> restarts() {
    return Offer.leftOut("has no supervision");
  }

  @Override
  public Offer<Idle> idle() {
    return Offer.of(PoolIdle::new);
  }

  @Override
  public Offer<Downs> downs() {
    return Offer.leftOut("has no monitors");
  }

  @Override
  public Offer<Timers> timers(int owners) {
    return Offer.leftOut("has no timers");
  }

  @Override
  public Offer<Latency> latency() {
    return Offer.leftOut("has no thread for a third beside two that do not return");
  }
}
