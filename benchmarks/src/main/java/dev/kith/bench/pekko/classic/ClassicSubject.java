package dev.kith.bench.pekko.classic;

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

/// Pekko's classic language.
public final class ClassicSubject implements Subject {
  private final Dispatcher dispatcher;

  /// With this dispatcher under everything.
  public ClassicSubject(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public Offer<Pairs> pairs(int pairs) {
    return Offer.of(() -> new ClassicPairs(dispatcher, pairs));
  }

  @Override
  public Offer<FanIn> fanIn(int senders) {
    return Offer.of(() -> new ClassicFanIn(dispatcher, senders));
  }

  @Override
  public Offer<Ring> ring(int size) {
    return Offer.of(() -> new ClassicRing(dispatcher, size));
  }

  @Override
  public Offer<Spawns> spawns() {
    return Offer.of(() -> new ClassicSpawns(dispatcher));
  }

  @Override
  public Offer<Calls> calls(int callers) {
    return Offer.of(() -> new ClassicCalls(dispatcher, callers));
  }

  @Override
  public Offer<Asks> asks(int askers) {
    return Offer.of(() -> new ClassicAsks(dispatcher, askers));
  }

  @Override
  public Offer<Skynet> skynet() {
    return Offer.of(() -> new ClassicSkynet(dispatcher));
  }

  @Override
  public Offer<Restarts> restarts() {
    return Offer.of(() -> new ClassicRestarts(dispatcher));
  }

  @Override
  public Offer<Idle> idle() {
    return Offer.of(() -> new ClassicIdle(dispatcher));
  }

  @Override
  public Offer<Downs> downs() {
    return Offer.of(() -> new ClassicDowns(dispatcher));
  }

  @Override
  public Offer<Timers> timers(int owners) {
    return Offer.of(() -> new ClassicTimers(dispatcher, owners));
  }

  @Override
  public Offer<Latency> latency() {
    return Offer.of(() -> new ClassicLatency(dispatcher));
  }
}
