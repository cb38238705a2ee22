package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One node of a world with puppets on it, which knows who ended and why.
final class Stage {
  static final ExitReason BOOM = new ExitReason.Custom("boom");

  private static final int SCHEDULES = 200;

  final World world;
  final Node node;

  /// What the node told about its processes, in order.
  final List<ProcessEvent> events = new ArrayList<>();

  private final Map<Pid, List<ExitReason>> ends = new LinkedHashMap<>();

  /// What happens on a stage.
  interface Play {
    void on(Stage stage) throws Exception;
  }

  private Stage(World world) {
    this.world = world;
    this.node = world.node();
    node.events().add(ProcessEvent.class, this::happened);
  }

  /// Plays in many worlds, each with another order of events.
  static void explore(Play play) {
    explore(SCHEDULES, play);
  }

  /// Plays in so many worlds.
  static void explore(int schedules, Play play) {
    Exploration.explore(
        schedules,
        world -> {
          Stage stage = new Stage(world);
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
    Puppet puppet = new Puppet();
    puppet.isPlayedBy(node.spawn(puppet.spec()));
    return puppet;
  }

  /// A puppet that has ended.
  Puppet deadPuppet() {
    Puppet puppet = puppet();
    node.exit(puppet.ref(), ExitReason.kill());
    world.run();
    return puppet;
  }

  /// Kills everybody, so that the node need not wait for those who trap exits when it closes.
  private void clear() {
    node.processes().forEach(left -> node.exit(node.find(left.pid()), ExitReason.kill()));
    world.run();
  }

  /// Lets everything happen that can happen now.
  void run() {
    world.run();
  }

  void assertEnded(Puppet puppet, ExitReason reason) {
    assertThat(reasonsOf(puppet.ref())).as("end of %s", puppet.ref()).containsExactly(reason);
  }

  void assertAlive(Puppet puppet) {
    assertThat(reasonsOf(puppet.ref())).as("end of %s", puppet.ref()).isEmpty();
    assertThat(node.isAlive(puppet.ref())).as("%s is alive", puppet.ref()).isTrue();
  }

  /// Why a process ended: once, or never.
  List<ExitReason> reasonsOf(ProcessRef<?> process) {
    return ends.getOrDefault(process.pid(), List.of());
  }

  long drops(DropReason reason) {
    return node.drops().of(reason);
  }
}
