package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
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

/// Pekko's typed language.
public final class TypedSubject implements Subject {
  private final Dispatcher dispatcher;

  /// With this dispatcher under everything.
  public TypedSubject(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public Offer<Pairs> pairs(int pairs) {
    return Offer.of(() -> new TypedPairs(dispatcher, pairs));
  }

  @Override
  public Offer<FanIn> fanIn(int senders) {
    return Offer.of(() -> new TypedFanIn(dispatcher, senders));
  }

  @Override
  public Offer<Ring> ring(int size) {
    return Offer.of(() -> new TypedRing(dispatcher, size));
  }

  @Override
  public Offer<Spawns> spawns() {
    return Offer.of(() -> new TypedSpawns(dispatcher));
  }

  @Override
  public Offer<Calls> calls(int callers) {
    return Offer.of(() -> new TypedCalls(dispatcher, callers));
  }

  @Override
  public Offer<Asks> asks(int askers) {
    return Offer.of(() -> new TypedAsks(dispatcher, askers));
  }

  @Override
  public Offer<Skynet> skynet() {
    return Offer.of(() -> new TypedSkynet(dispatcher));
  }

  @Override
  public Offer<Restarts> restarts() {
    return Offer.of(() -> new TypedRestarts(dispatcher));
  }

  @Override
  public Offer<Idle> idle() {
    return Offer.of(() -> new TypedIdle(dispatcher));
  }

  @Override
  public Offer<Downs> downs() {
    return Offer.of(() -> new TypedDowns(dispatcher));
  }

  @Override
  public Offer<Timers> timers(int owners) {
    return Offer.of(() -> new TypedTimers(dispatcher, owners));
  }

  @Override
  public Offer<Latency> latency() {
    return Offer.of(() -> new TypedLatency(dispatcher));
  }
}
