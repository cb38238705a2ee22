package dev.kith.bench.catalogue;

import static dev.kith.bench.catalogue.Metric.micros;
import static dev.kith.bench.catalogue.Metric.millis;
import static dev.kith.bench.catalogue.Metric.perSecond;

import dev.kith.bench.workload.Offer;
import dev.kith.bench.workload.Subject;
import dev.kith.bench.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
      micros("p99.9"));

  private final String text;
  private final Function<Subject, Offer<? extends Workload>> workload;
  private final Amount amount;
  private final Aim aim;
  private final List<Metric> metrics;

  Benchmark(
      String text,
      Function<Subject, Offer<? extends Workload>> workload,
      Amount amount,
      Aim aim,
      Metric... metrics) {
    this.text = text;
    this.workload = workload;
    this.amount = amount;
    this.aim = aim;
    this.metrics = List.of(metrics);
  }

  /// The one with this name.
  public static Optional<Benchmark> of(String text) {
    return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
  }

  /// What a subject has for it.
  public Offer<? extends Workload> offer(Subject subject) {
    return workload.apply(subject);
  }

  /// How much work a round is.
  public Amount amount() {
    return amount;
  }

  /// What Kith wants to reach in the first metric.
  public Aim aim() {
    return aim;
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
