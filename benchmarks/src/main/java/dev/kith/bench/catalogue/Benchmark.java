package dev.kith.bench.catalogue;

import static dev.kith.bench.catalogue.Metric.micros;
import static dev.kith.bench.catalogue.Metric.millis;
import static dev.kith.bench.catalogue.Metric.perSecond;

import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.RemoteSubject;
import dev.kith.bench.workload.Offer;
import dev.kith.bench.workload.Subject;
import dev.kith.bench.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// All there is to measure, in the order in which it is reported.
@SuppressWarnings("ImmutableEnumChecker") // nothing in it changes, but its types cannot say so
public enum Benchmark {
  /// One pair.
  PING_PONG(
      "ping-pong",
      subject -> subject.pairs(1),
      Amount.adapted(),
      new Aim.TimesPekko(4),
      perSecond("round trips")),

  /// A thousand pairs at once.
  PAIRS_1000(
      "pairs-1000",
      subject -> subject.pairs(1000),
      Amount.adapted(),
      new Aim.TimesPekko(1.5),
      perSecond("messages")),

  /// Eight senders, one receiver.
  FAN_IN_8(
      "fan-in-8",
      subject -> subject.fanIn(8),
      Amount.adapted(),
      new Aim.TimesPekko(1.5),
      perSecond("messages")),

  /// A ring of ten thousand.
  RING_10K(
      "ring-10k",
      subject -> subject.ring(10_000),
      Amount.adapted(),
      new Aim.TimesPekko(5),
      perSecond("hops")),

  /// A million children.
  SPAWN_1M(
      "spawn-1m",
      Subject::spawns,
      Amount.fixed(1_000_000),
      new Aim.TimesPekko(8),
      perSecond("spawns")),

  /// One caller that waits.
  CALL_1(
      "call-1",
      subject -> subject.calls(1),
      Amount.adapted(),
      new Aim.TimesPekko(2),
      perSecond("calls")),

  /// Sixty-four callers that wait.
  CALL_64(
      "call-64",
      subject -> subject.calls(64),
      Amount.adapted(),
      new Aim.TimesPekko(1.5),
      perSecond("calls")),

  /// One asker that does not wait.
  ASK_1(
      "ask-1",
      subject -> subject.asks(1),
      Amount.adapted(),
      new Aim.TimesPekko(20),
      perSecond("asks")),

  /// Sixty-four askers that do not wait.
  ASK_64(
      "ask-64",
      subject -> subject.asks(64),
      Amount.adapted(),
      new Aim.TimesPekko(5),
      perSecond("asks")),

  /// A tree with a million leaves.
  SKYNET_1M(
      "skynet-1m", Subject::skynet, Amount.fixed(1_000_000), new Aim.TimesPekko(2), millis("time")),

  /// One child that crashes; three times what OTP does.
  CRASH_RESTART(
      "crash-restart",
      Subject::restarts,
      Amount.adapted(),
      new Aim.AtLeast(3 * 164_000),
      perSecond("restarts")),

  /// What a process weighs.
  IDLE_BYTES(
      "idle-bytes",
      Subject::idle,
      Amount.fixed(500_000),
      new Aim.AtMost(200),
      new Metric("memory", "bytes/process", Metric.Better.LOWER)),

  /// A hundred thousand watchers.
  DOWN_100K("down-100k", Subject::downs, Amount.fixed(100_000), new Aim.AtMost(50), millis("time")),

  /// A million timers.
  TIMER_1M(
      "timer-1m",
      subject -> subject.timers(1000),
      Amount.fixed(1_000_000),
      new Aim.Seen(),
      new Metric("set", "timers/s", Metric.Better.HIGHER),
      millis("fire")),

  /// How long a call takes when the machine is half busy, and shared.
  CALL_LATENCY(
      "call-latency",
      Subject::latency,
      Amount.adapted(),
      new Aim.Seen(),
      new Metric("load", "calls/s", Metric.Better.HIGHER),
      micros("p50"),
      micros("p99"),
      micros("p99.9")),

  /// Records of about a hundred bytes, one way.
  ONE_WAY_RECORD_100(
      "one-way-record-100",
      remote -> remote.oneWay(Load.RECORD_100),
      List.of(
          Goal.of(new Aim.TimesPekko(12)),
          Goal.of(new Aim.Times(Contestant.NETTY, 0.3)),
          Goal.of(new Aim.NoMoreThan(Contestant.KITH_TLS, 2))),
      perSecond("messages")),

  /// A thousand bytes, one way.
  ONE_WAY_1K(
      "one-way-1k",
      remote -> remote.oneWay(Load.BYTES_1K),
      List.of(Goal.of(new Aim.TimesPekko(10)), Goal.of(new Aim.NoMoreThan(Contestant.KITH_TLS, 2))),
      perSecond("messages")),

  /// Sixty-four thousand bytes, one way.
  ONE_WAY_64K(
      "one-way-64k",
      remote -> remote.oneWay(Load.BYTES_64K),
      List.of(Goal.of(new Aim.TimesPekko(2)), Goal.of(new Aim.NoMoreThan(Contestant.KITH_TLS, 2))),
      perSecond("messages")),

  /// One asker.
  ROUND_TRIP_1(
      "round-trip-1",
      remote -> remote.roundTrips(1),
      List.of(
          new Goal(1, new Aim.Times(Contestant.NETTY, 1.0 / 3)),
          new Goal(1, new Aim.AtMost(76)),
          new Goal(2, new Aim.AtMost(150)),
          new Goal(1, new Aim.NoMoreThan(Contestant.KITH_TLS, 2))),
      perSecond("round trips"),
      micros("p50"),
      micros("p99")),

  /// Sixty-four askers.
  ROUND_TRIP_64(
      "round-trip-64",
      remote -> remote.roundTrips(64),
      List.of(Goal.of(new Aim.TimesPekko(5)), Goal.of(new Aim.NoMoreThan(Contestant.KITH_TLS, 2))),
      perSecond("round trips"),
      micros("p50"),
      micros("p99")),

  /// Processes started from elsewhere.
  REMOTE_SPAWN(
      "remote-spawn",
      RemoteSubject::spawns,
      List.of(Goal.of(new Aim.AtLeast(300_000))),
      perSecond("spawns")),

  /// A million members on three nodes.
  BROADCAST_1M(
      "broadcast-1m",
      RemoteSubject::broadcast,
      List.of(Goal.of(new Aim.Seen())),
      perSecond("deliveries")),

  /// Ten thousand watchers of processes on a node that is killed, and on one that is stopped: in no
  /// more than the time in which silence is noticed, and a tenth of a second.
  NODE_DOWN_10K(
      "node-down-10k",
      RemoteSubject::nodeDown,
      Amount.fixed(10_000),
      List.of(Goal.of(new Aim.AtMost(4_600)), new Goal(1, new Aim.AtMost(4_600))),
      millis("killed"),
      millis("stopped"));

  private final String text;
  private final Suite suite;
  private final BiFunction<Contestant, String, Offer<? extends Workload>> workload;
  private final Amount amount;
  private final List<Goal> goals;
  private final List<Metric> metrics;

  /// On one node.
  Benchmark(
      String text,
      Function<Subject, Offer<? extends Workload>> workload,
      Amount amount,
      Aim aim,
      Metric... metrics) {
    this.text = text;
    this.suite = Suite.CORE;
    this.workload = (contestant, setting) -> workload.apply(contestant.subject(setting));
    this.amount = amount;
    this.goals = List.of(Goal.of(aim));
    this.metrics = List.of(metrics);
  }

  /// On several nodes.
  Benchmark(
      String text,
      Function<RemoteSubject, Offer<? extends Workload>> workload,
      Amount amount,
      List<Goal> goals,
      Metric... metrics) {
    this.text = text;
    this.suite = Suite.REMOTE;
    this.workload = (contestant, _) -> workload.apply(contestant.remote());
    this.amount = amount;
    this.goals = goals;
    this.metrics = List.of(metrics);
  }

  /// On several nodes, as much as fills a round.
  Benchmark(
      String text,
      Function<RemoteSubject, Offer<? extends Workload>> workload,
      List<Goal> goals,
      Metric... metrics) {
    this(text, workload, Amount.adapted(), goals, metrics);
  }

  /// The one with this name.
  public static Optional<Benchmark> of(String text) {
    return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
  }

  /// Where it belongs.
  public Suite suite() {
    return suite;
  }

  /// What somebody has for it, with a setting.
  public Offer<? extends Workload> offer(Contestant contestant, String setting) {
    return workload.apply(contestant, setting);
  }

  /// How much work a round is.
  public Amount amount() {
    return amount;
  }

  /// What Kith wants to reach.
  public List<Goal> goals() {
    return goals;
  }

  /// What a round's figures say, in their order.
  public List<Metric> metrics() {
    return metrics;
  }

  /// Whether it matters how messages are dispatched.
  public boolean isMatterOfSpeed() {
    return this != IDLE_BYTES;
  }

  @Override
  public String toString() {
    return text;
  }
}
