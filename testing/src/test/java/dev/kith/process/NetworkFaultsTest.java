package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.group.Group;
import dev.kith.group.Scope;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// NOD-4, NOD-5, PG-2, GLB-4: whatever a network does to a few nodes: the rules of signals hold all
/// the while, and once it is well again everything finds together.
class NetworkFaultsTest {
  private static final Types TYPES = Types.of(Word.class);
  private static final int SCHEDULES = 200;
  private static final int STEPS = 40;

  /// What they say to each other.
  record Word(ProcessRef<?> from, int connection, int number) {}

  @Test
  void breakNoRule() {
    Exploration.explore(SCHEDULES, world -> new Turmoil(world, 3 + world.below(2)).play());
  }

  /// One run: nodes, a puppet on each, and what they did to each other.
  private static final class Turmoil {
    private final World world;
    private final int size;
    private final List<Puppet> puppets = new ArrayList<>();

    /// All puppets there ever were: those of crashed nodes too.
    private final List<Puppet> all = new ArrayList<>();

    private final List<String> crashes = new ArrayList<>();
    private final Map<Integer, Cluster> clusters = new HashMap<>();

    private final Map<Puppet, Integer> monitors = new HashMap<>();
    private final Map<List<Pid>, Integer> said = new HashMap<>();

    Turmoil(World world, int size) {
      this.world = world;
      this.size = size;
    }

    void play() {
      for (int i = 0; i < size; i++) {
        puppets.add(null);
        start(i);
      }
      for (int step = 0; step < STEPS; step++) {
        happen();
        world.advance(Duration.ofMillis(world.below(400)));
      }
      world.network().heal();
      for (int i = 0; i < size; i++) {
        world.network().resume(name(i));
      }
      assertThat(crashes).noneMatch(crash -> crash.contains("crashed:"));
      world.until(this::isWhole, Duration.ofMinutes(2));
      world.advance(Duration.ofSeconds(1));
      assertWordsInOrder();
      assertLinksAgree();
      assertGroupsAndBooksAgree();
      assertEachMonitorFiredOnce();
      assertNothingIsLeft();
    }

    private static String name(int number) {
      return "n" + number;
    }

    /// Each node knows one other.
    private void start(int number) {
      Node node = world.node(name(number));
      node.events().add(ProcessEvent.Crashed.class, crash -> crashes.add(crash.toString()));
      String[] join = number == 0 ? new String[] {"n1:1"} : new String[] {name(number - 1) + ":1"};
      ClusterSpec spec = ClusterSpec.listening(name(number) + ":1", TYPES).withJoin(join);
      switch (Cluster.start(node, world.network().transport(node), spec)) {
        case Cluster.Start.Joined(Cluster cluster) -> clusters.put(number, cluster);
        case Cluster.Start.NotPossible(String why) -> throw new AssertionError(why);
      }
      scope(number);
      Puppet puppet = new Puppet();
      puppet.isPlayedBy(node.spawn(puppet.spec()));
      puppets.set(number, puppet.trapping());
      all.add(puppet);
    }

    private void happen() {
      int one = world.below(size);
      int other = world.below(size);
      switch (world.below(17)) {
        case 0 -> world.network().cut(name(one), name(other));
        case 1 -> world.network().separate(name(one), name(other));
        case 2, 3 -> world.network().heal();
        case 4 -> world.network().disconnect(name(one), name(other));
        case 5 -> {
          world.crash(name(one));
          start(one);
        }
        case 6 -> world.network().stop(name(one));
        case 7 -> world.network().resume(name(one));
        case 8, 9 -> join(one);
        case 10 -> world.changeDate(name(one), Duration.ofMinutes(world.below(200) - 100));
        default -> act(puppets.get(one), puppets.get(other));
      }
    }

    private Scope scope(int number) {
      return clusters.get(number).scope("test");
    }

    private void join(int number) {
      Group<Object> group = Group.of("g" + world.below(3), Object.class);
      Puppet puppet = puppets.get(number);
      if (world.below(3) == 0) {
        scope(number).leave(group, puppet.ref());
      } else {
        scope(number).join(group, puppet.ref());
      }
      if (world.below(4) == 0) {
        puppet.does(self -> self.tryRegister(Name.of("n" + world.below(3), Object.class)));
      }
    }

    private void act(Puppet one, Puppet other) {
      switch (world.below(5)) {
        case 0 -> one.does(self -> self.link(other.ref()));
        case 1 -> one.does(self -> self.unlink(other.ref()));
        case 2 -> {
          if (one != other) {
            monitors.merge(one, 1, Integer::sum);
            one.does(self -> self.monitor(other.ref(), down -> down));
          }
        }
        default -> {
          int count = 1 + world.below(5);
          one.does(self -> {
            for (int i = 0; i < count; i++) {
              int number = said.merge(List.of(one.pid(), other.pid()), 1, Integer::sum);
              Peer peer = self.node().peers.of(other.pid().node());
              self.send(other.ref(), new Word(self.ref(), System.identityHashCode(peer), number));
            }
          });
        }
      }
    }

    private boolean isWhole() {
      for (int i = 0; i < size; i++) {
        if (world.node(name(i)).reachable().size() != size - 1) {
          return false;
        }
      }
      return true;
    }

    /// Of one process's words to another, some may be lost, and never one alone: a later one that
    /// came over the same connection proves that all before it did. None comes twice.
    private void assertWordsInOrder() {
      for (Puppet puppet : all) {
        Map<Pid, Word> last = new HashMap<>();
        for (Object heard : puppet.heard) {
          if (heard instanceof Word word) {
            Word before = last.put(word.from().pid(), word);
            if (before != null && before.connection() == word.connection()) {
              assertThat(word.number()).isEqualTo(before.number() + 1);
            } else if (before != null) {
              assertThat(word.number()).isGreaterThan(before.number());
            }
          }
        }
      }
    }

    private void assertGroupsAndBooksAgree() {
      List<Pid> alive = puppets.stream().map(Puppet::pid).toList();
      for (int i = 0; i < size; i++) {
        assertThat(groups(i)).as("groups seen by %s", name(i)).isEqualTo(groups(0));
        assertThat(scope(i).snapshot()).allMatch(one -> alive.contains(one.member()));
        for (int j = 0; j < size; j++) {
          NodeName node = NodeName.of(name(j));
          assertThat(clusters.get(i).book().processes(node))
              .as("names of %s seen by %s", node, name(i))
              .isEqualTo(clusters.get(j).book().processes(node));
        }
      }
    }

    private List<String> groups(int number) {
      return scope(number).snapshot().stream().map(Object::toString).sorted().toList();
    }

    private void assertLinksAgree() {
      for (Puppet one : puppets) {
        for (Puppet other : puppets) {
          assertThat(linksOf(one).contains(other.pid()))
              .as("links of %s and %s", one.pid(), other.pid())
              .isEqualTo(linksOf(other).contains(one.pid()));
        }
      }
    }

    private List<Pid> linksOf(Puppet puppet) {
      return world
          .node(puppet.pid().node().text())
          .inspect(puppet.ref(), Duration.ofSeconds(1))
          .map(Inspection::links)
          .orElseThrow();
    }

    /// What nodes remember of each other goes with what it was for.
    private void assertNothingIsLeft() {
      Puppet first = puppets.getFirst();
      world.node(first.pid().node().text()).exit(first.ref(), ExitReason.kill());
      world.advance(Duration.ofSeconds(1));
      for (int i = 0; i < size; i++) {
        Node node = world.node(name(i));
        assertThat(node.abroad.size()).as("requests and aliases of %s", node).isZero();
        node.reachable().stream()
            .map(node.peers::of)
            .forEach(peer -> assertThat(peer.tied()).as("ties of %s", node).isZero());
      }
    }

    /// Everybody but the first is ended, so that every monitor of the first has had its reason.
    private void assertEachMonitorFiredOnce() {
      Puppet first = puppets.getFirst();
      for (Puppet puppet : puppets) {
        if (puppet != first) {
          world.node(puppet.pid().node().text()).exit(puppet.ref(), ExitReason.kill());
        }
      }
      world.advance(Duration.ofSeconds(1));
      assertThat(first.heard.stream().filter(Down.class::isInstance))
          .hasSize(monitors.getOrDefault(first, 0));
    }
  }
}
