package dev.kith.testing;

import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.process.Environment;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.ProcessEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// A world in which one seed decides everything: time, chance, and whose turn it is.
///
/// Nodes in it run the same code as anywhere else, on one thread at a time. The same seed gives the
/// same run, and another seed another order of everything whose order is not promised.
///
/// Time stands still while anything can run and then jumps to the next timer, so that sixty seconds
/// in which nothing happens take no time.
///
/// **Threading.** Belongs to the thread that made it, a test's. Code in it that blocks outside of
/// the runtime (sleeps, locks, sockets) fails the run. **Failure.** On [#close] the run fails if a
/// request was neither answered nor kept.
public final class World implements AutoCloseable {
  private final long seed;
  private final SimulatedClock clock = new SimulatedClock();
  private final Trace trace = new Trace();
  private final SplittableRandom chance;
  private final SimulatedScheduler scheduler;
  private final Environment environment;
  private final SimulatedNetwork network;
  private final SimulatedRegistry registry;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, HostClock> clocks = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();

  private World(long seed) {
    this.seed = seed;
    SplittableRandom source = new SplittableRandom(seed);
    chance = source.split();
    scheduler = new SimulatedScheduler(clock, source.split(), trace);
    environment = new Environment(clock, chance::nextLong, scheduler);
    network = new SimulatedNetwork(clock, source.split());
    registry = new SimulatedRegistry(clock, source.split(), SessionTiming.standard());
  }

  /// The world of this seed.
  public static World of(long seed) {
    return new World(seed);
  }

  /// The seed that decides everything here.
  public long seed() {
    return seed;
  }

  /// What has happened.
  public Trace trace() {
    return trace;
  }

  /// The environment that nodes of this world live in.
  public Environment environment() {
    return environment;
  }

  /// The world's first node, started on first use.
  public Node node() {
    return node("a");
  }

  /// The node with this name, started on first use.
  public Node node(String name) {
    return nodes.computeIfAbsent(name, this::start);
  }

  private Node start(String name) {
    Node node =
        Node.start(
            NodeSpec.of(NodeName.of(name))
                .withEnvironment(environmentOf(name))
                .withCrashReports(NodeSpec.CrashReports.SILENT));
    node.events()
        .add(
            ProcessEvent.Unanswered.class,
            event -> complaints.add(event.pid() + " did not answer " + event.request()));
    return node;
  }

  private Environment environmentOf(String name) {
    HostClock own = clocks.computeIfAbsent(name, _ -> new HostClock(clock));
    return new Environment(own, environment.entropy(), environment.scheduler());
  }

  /// The date of a node's machine is changed, forward or back. Time goes on as before.
  public void changeDate(String node, Duration by) {
    clocks.computeIfAbsent(node, _ -> new HostClock(clock)).changeDate(by);
  }

  /// The registrar of the nodes.
  public SimulatedRegistry registry() {
    return registry;
  }

  /// The network between the nodes.
  public SimulatedNetwork network() {
    return network;
  }

  /// A node ends without a word: its processes are killed, and nothing of that reaches another
  /// node. The next node with this name is a new life of it.
  public void crash(String name) {
    Node node = nodes.remove(name);
    if (node != null) {
      network.crash(name);
      registry.crash(name);
      node.halt();
      run();
    }
  }

  /// A process on the first node that records what it is sent.
  public <M> Probe<M> probe(Class<M> protocol) {
    return Probe.on(this, node(), protocol);
  }

  /// A process on a node that records what it is sent.
  public <M> Probe<M> probe(Node node, Class<M> protocol) {
    return Probe.on(this, node, protocol);
  }

  /// A number from 0 to `bound - 1`, decided by the seed.
  public int below(int bound) {
    return chance.nextInt(bound);
  }

  /// The simulated time since the world began.
  public Duration now() {
    return Duration.ofNanos(clock.nanos());
  }

  /// Lets everything happen that can happen now.
  public void run() {
    scheduler.drive(() -> false, clock.nanos());
  }

  /// Lets time pass, with everything that happens in it.
  public void advance(Duration time) {
    scheduler.drive(() -> false, clock.nanos() + time.toNanos());
  }

  /// Lets things happen until something holds.
  ///
  /// @throws AssertionError if it does not hold within this simulated time
  public void until(BooleanSupplier holds, Duration within) {
    scheduler.drive(holds, clock.nanos() + within.toNanos());
    if (!holds.getAsBoolean()) {
      throw new AssertionError(
          "did not come to hold within " + within + "; last steps:\n" + trace.tail());
    }
  }

  /// Requests that are not answered are meant in this test.
  public void forgiveUnanswered() {
    complaints.clear();
  }

  /// Ends all nodes and the world.
  @Override
  public void close() {
    try {
      run();
      nodes.values().forEach(Node::close);
      run();
    } finally {
      scheduler.end();
    }
    if (!complaints.isEmpty()) {
      throw new AssertionError(String.join("\n", complaints));
    }
  }
}
