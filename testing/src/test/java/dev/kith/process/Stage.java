package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A world with puppets in it, which knows who ended and why: on one node, or on two, where every
/// second puppet is on the other.
///
/// The rules of signals are the same for both, so tests of them are played on either.
final class Stage {
  static final ExitReason BOOM = new ExitReason.Custom("boom");

  private static final int SCHEDULES = 200;

  /// Worlds with two nodes, for each that a play is tried in on one.
  private static final double FAR = 0.5;

  final World world;
  final Node node;

  /// All nodes; the first is `node`.
  final List<Node> nodes = new ArrayList<>();

  /// What connects them, if there are two.
  final DirectLink link;

  private int puppets;

  /// What the node told about its processes, in order.
  final List<ProcessEvent> events = new ArrayList<>();

  private final Map<Pid, List<ExitReason>> ends = new LinkedHashMap<>();

  /// What happens on a stage.
  interface Play {
    void on(Stage stage) throws Exception;
  }

  private Stage(World world, int size) {
    this.world = world;
    this.node = world.node();
    nodes.add(node);
    for (int i = 1; i < size; i++) {
      nodes.add(world.node("n" + i));
    }
    nodes.forEach(each -> each.events().add(ProcessEvent.class, this::happened));
    link = size == 1 ? null : new DirectLink(world, node, nodes.getLast());
  }

  /// Plays in many worlds of one node, each with another order of events.
  static void explore(Play play) {
    explore(SCHEDULES, play);
  }

  /// Plays in so many worlds of one node.
  static void explore(int schedules, Play play) {
    explore(schedules, 1, play);
  }

  /// Plays on one node and on two: for what must make no difference.
  static void exploreNearAndFar(Play play) {
    exploreNearAndFar(SCHEDULES, play);
  }

  /// Plays on one node so many times, and then on two.
  static void exploreNearAndFar(int schedules, Play play) {
    explore(schedules, 1, play);
    exploreFar((int) (schedules * FAR), play);
  }

  /// Plays on two nodes.
  static void exploreFar(int schedules, Play play) {
    explore(schedules, 2, play);
  }

  private static void explore(int schedules, int size, Play play) {
    Exploration.explore(
        schedules,
        world -> {
          Stage stage = new Stage(world, size);
          play.on(stage);
          stage.clear();
        });
  }

  /// Plays in one world: for rules that no order of events touches.
  static void play(Play play) {
    explore(1, play);
  }

  private void happened(ProcessEvent event) {
    events.add(event);
    if (event instanceof ProcessEvent.Ended(Pid pid, ExitReason reason)) {
      ends.computeIfAbsent(pid, _ -> new ArrayList<>()).add(reason);
    }
  }

  /// A puppet that is up.
  Puppet puppet() {
    return puppetOn(nodes.get(puppets++ % nodes.size()));
  }

  /// A puppet that is up, on this node.
  Puppet puppetOn(Node home) {
    Puppet puppet = new Puppet();
    puppet.isPlayedBy(home.spawn(puppet.spec()));
    return puppet;
  }

  /// A puppet that has ended.
  Puppet deadPuppet() {
    Puppet puppet = puppet();
    home(puppet.ref()).exit(puppet.ref(), ExitReason.kill());
    world.run();
    return puppet;
  }

  /// Kills everybody, so that the node need not wait for those who trap exits when it closes.
  private void clear() {
    for (Node each : nodes) {
      each.processes().forEach(left -> each.exit(each.find(left.pid()), ExitReason.kill()));
    }
    world.run();
  }

  /// The node that a process is on.
  Node home(ProcessRef<?> process) {
    return world.node(process.pid().node().text());
  }

  /// Lets everything happen that can happen now.
  void run() {
    world.run();
  }

  /// A reference as a process must speak of it, as if it had come in a message.
  ProcessRef<?> seenBy(Self<?> self, ProcessRef<?> reference) {
    Node home = home(reference);
    return (ProcessRef<?>) self.node().resolve(home.describe(reference).orElseThrow());
  }

  void assertEnded(Puppet puppet, ExitReason reason) {
    assertThat(reasonsOf(puppet.ref())).as("end of %s", puppet.ref()).containsExactly(reason);
  }

  void assertAlive(Puppet puppet) {
    assertThat(reasonsOf(puppet.ref())).as("end of %s", puppet.ref()).isEmpty();
    assertThat(home(puppet.ref()).isAlive(puppet.ref())).as("%s is alive", puppet.ref()).isTrue();
  }

  /// Why a process ended: once, or never.
  List<ExitReason> reasonsOf(ProcessRef<?> process) {
    return ends.getOrDefault(process.pid(), List.of());
  }

  long drops(DropReason reason) {
    return nodes.stream().mapToLong(each -> each.drops().of(reason)).sum();
  }
}
