package dev.kith.tidy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who may do what nobody else may, and why. An allowance that nobody needs any more is itself a
/// violation, so these lists only ever say what is so.
final class Allowances {
  /// `what` may stand in the file named `file` (without folders and ending).
  record Allowance(String file, String what, String reason) {}

  static final List<Allowance> CALLS =
      List.of(
          new Allowance("RealClock", "System.nanoTime", "it is the clock"),
          new Allowance("RealClock", "System.currentTimeMillis", "it is the clock"),
          new Allowance("RealEntropy", "ThreadLocalRandom.current", "it is the entropy"),
          new Allowance("RealEntropy", "new SecureRandom", "it is the entropy"),
          new Allowance("Member", "System.nanoTime", "real sockets take real time"),
          new Allowance("RefusalTest", "new Socket", "it plays a stranger"),
          new Allowance("Wire", "new Socket", "it is a wire"),
          new Allowance("Wire", "new ServerSocket", "it is a wire"),
          new Allowance("EmbeddedZooKeeper", "new ServerSocket", "looks whether a port is free"),
          new Allowance("Loopback", "new ServerSocket", "looks for free ports"),
          new Allowance("Ensemble", "new ServerSocket", "looks for free ports"),
          new Allowance("Loopback", "System.nanoTime", "real sockets take real time"),
          new Allowance("LinkAddress", "SocketChannel.open", "looks whether a file is dead"),
          new Allowance("UnixTransportTest", "ServerSocketChannel.open", "leaves a dead file"),
          new Allowance("Ticker", "System.nanoTime", "it is the network's clock"),
          new Allowance("Stopwatch", "System.nanoTime", "it is the benchmarks' clock"),
          new Allowance("Nuisance", "Thread.sleep", "its callers block on purpose"),
          new Allowance("Eventually", "System.nanoTime", "real sockets take real time"),
          new Allowance("HostileProcessTest", "System.nanoTime", "real threads take real time"),
          new Allowance("BlockingTest", "Thread.sleep", "its processes block on purpose"),
          new Allowance("HostileProcessTest", "Thread.sleep", "its processes block on purpose"),
          new Allowance("KillTest", "Thread.sleep", "its processes block on purpose"),
          new Allowance("KillTest", "System.nanoTime", "real threads take real time"),
          new Allowance("NodeLifeTest", "System.nanoTime", "real threads take real time"),
          new Allowance("ParkingTest", "System.nanoTime", "real threads take real time"),
          new Allowance("RealNode", "System.nanoTime", "real threads take real time"),
          new Allowance("StackOverflowTest", "System.nanoTime", "real threads take real time"),
          new Allowance("RawPeer", "new Socket", "it is a client, byte for byte"),
          new Allowance("Seeded", "new Random", "tests of the network choose by a seed"));

  static final List<Allowance> CATCHES =
      List.of(
          new Allowance("ServerProcess", "Throwable", "a step may throw anything: it is a crash"),
          new Allowance("Guarded", "Throwable", "its own code may throw anything: it is a crash"),
          new Allowance("Foreign", "Throwable", "its own code may throw anything: loops go on"),
          new Allowance("Look", "Throwable", "user code that describes itself"),
          new Allowance("Events", "Throwable", "a listener must not stop who publishes"),
          new Allowance("Extras", "Throwable", "an attachment must not stop the end"),
          new Allowance("Workers", "InterruptedException", "whoever waits for its end may give up"),
          new Allowance("Farewell", "InterruptedException", "the program ends whatever happens"),
          new Allowance("OnThreads", "InterruptedException", "it is how a benchmark's threads end"),
          new Allowance(
              "Baton", "InterruptedException", "only the holder of the baton may act on it"),
          new Allowance("ForyCodec", "RuntimeException", "a codec meets anything, either way"),
          new Allowance("Payloads", "Throwable", "bytes of others make a codec throw anything"),
          new Allowance("Steps", "Exception", "Curator declares that it throws anything"),
          new Allowance("EmbeddedZooKeeper", "Exception", "ZooKeeper declares the same"),
          new Allowance("RaftLog", "Exception", "JGroups declares the same"),
          new Allowance("MatchingRaft", "Exception", "JGroups declares the same"),
          new Allowance("RaftLog", "InterruptedException", "whoever closes it may give up waiting"),
          new Allowance(
              "MulticastDiscovery",
              "InterruptedException",
              "whoever closes it may give up waiting"),
          new Allowance("Reasons", "RuntimeException", "a throwable is somebody's code"),
          new Allowance("Tracers", "Exception", "a tracer must not end whom it traces"),
          new Allowance("Exploration", "Exception", "adds the seed to whatever a scenario throws"),
          new Allowance(
              "SimulatedScheduler", "RuntimeException", "keeps a failure for the driver"));

  static final List<Allowance> NAMES =
      List.of(
          new Allowance(
              "EventHandler", "EventHandler", "the gateway's SPI: the field's word for it"));

  /// Methods over the ceiling, as `File` and `Type.method`; the reason begins with today's length,
  /// past which it must not grow.
  static final List<Allowance> LENGTHS =
      List.of(new Allowance("KillTest", "KillTest.makesEveryCallThrow", "61 lines: one scenario"));

  private final List<Allowance> allowances;
  private final Set<Allowance> used = new HashSet<>();

  Allowances(List<Allowance> allowances) {
    this.allowances = allowances;
  }

  boolean allow(Source source, String what) {
    var allowance = find(source, what);
    used.addAll(allowance);
    return !allowance.isEmpty();
  }

  /// What the reason of the allowance says first, or zero.
  int lengthAllowed(Source source, String method) {
    var allowance = find(source, method);
    used.addAll(allowance);
    return allowance.stream()
        .mapToInt(one -> Integer.parseInt(one.reason().split(" ", 2)[0]))
        .findFirst()
        .orElse(0);
  }

  List<String> unused() {
    var unused = new ArrayList<>(allowances);
    unused.removeAll(used);
    return unused.stream().map(one -> "nobody needs %s any more".formatted(one)).toList();
  }

  private List<Allowance> find(Source source, String what) {
    return allowances.stream()
        .filter(one -> one.file().equals(source.name()) && one.what().equals(what))
        .toList();
  }
}
