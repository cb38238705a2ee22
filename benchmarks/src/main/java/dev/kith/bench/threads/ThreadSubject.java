package dev.kith.bench.threads;

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

/// What the JDK has: a virtual thread and a queue for each process.
public final class ThreadSubject implements Subject {

  /// There is nothing to set.
  public ThreadSubject() {}

  @Override
  public Offer<Pairs> pairs(int pairs) {
    return Offer.of(() -> new ThreadPairs(pairs));
  }

  @Override
  public Offer<FanIn> fanIn(int senders) {
    return Offer.of(() -> new ThreadFanIn(senders));
  }

  @Override
  public Offer<Ring> ring(int size) {
    return Offer.of(() -> new ThreadRing(size));
  }

  @Override
  public Offer<Spawns> spawns() {
    return Offer.of(ThreadSpawns::new);
  }

  @Override
  public Offer<Calls> calls(int callers) {
    return Offer.of(() -> new ThreadCalls(callers));
  }

  @Override
  public Offer<Asks> asks(int askers) {
    return Offer.leftOut("would wait, as in the calls");
  }

  @Override
  public Offer<Skynet> skynet() {
    return Offer.of(ThreadSkynet::new);
  }

  @Override
  public Offer<Restarts> restarts() {
    return Offer.leftOut("has no supervision");
  }

  @Override
  public Offer<Idle> idle() {
    return Offer.of(ThreadIdle::new);
  }

  @Override
  public Offer<Downs> downs() {
    return Offer.leftOut("has no monitors");
  }

  @Override
  public Offer<Timers> timers(int owners) {
    return Offer.of(() -> new ThreadTimers(owners));
  }

  @Override
  public Offer<Latency> latency() {
    return Offer.of(ThreadLatency::new);
  }
}
