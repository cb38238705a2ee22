package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Name;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GLB-2, D8: a name of the book that both sides of a split took has one holder again when it
/// heals.
@ExtendWith(WorldExtension.class)
class NameClashTest {
  private static final Name<Words> KEPT = Name.of("kept", Words.class);
  private static final Name<Words> OPEN = Name.of("open", Words.class);
  private static final List<String> ALL = List.of("a", "b", "c");
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static Nodes three(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.start("c", "a:1");
    nodes.meet("a", "b", "c");
    ALL.forEach(name -> nodes.cluster(name).book().keepOne(KEPT));
    return nodes;
  }

  private static ProcessRef<Words> take(Nodes nodes, String node, Name<Words> name) {
    return nodes
        .world
        .node(node)
        .spawn(ProcessSpec.server(Words.class, () -> (_, _) -> {}).named(name));
  }

  private static boolean isAlive(Nodes nodes, ProcessRef<Words> process) {
    return nodes.world.node(process.pid().node().text()).isAlive(process);
  }

  @Test
  void theFirstByItsNodeIsKept(World world) {
    Nodes nodes = three(world);
    world.network().separate("b", "a");
    world.network().separate("b", "c");
    world.until(() -> !nodes.sees("b", "a") && !nodes.sees("b", "c"), BOUND);
    ProcessRef<Words> winner = take(nodes, "a", KEPT);
    ProcessRef<Words> loser = take(nodes, "b", KEPT);
    ProcessRef<Words> one = take(nodes, "a", OPEN);
    ProcessRef<Words> other = take(nodes, "b", OPEN);
    world.advance(Duration.ofSeconds(5));
    assertThat(isAlive(nodes, loser)).as("while nobody sees both").isTrue();
    world.network().heal();
    nodes.meet("a", "b", "c");
    world.until(() -> !isAlive(nodes, loser), BOUND);
    world.advance(Duration.ofSeconds(5));
    assertThat(isAlive(nodes, winner)).isTrue();
    for (String node : ALL) {
      assertThat(nodes.cluster(node).book().locateAll(KEPT))
          .extracting(ProcessRef::pid)
          .containsExactly(winner.pid());
    }
    assertThat(isAlive(nodes, one) && isAlive(nodes, other)).as("the others' names").isTrue();
  }

  /// Whoever takes it where and when: one is left, and all agree who.
  @Test
  void oneIsLeft() {
    Exploration.explore(
        100,
        world -> {
          Nodes nodes = three(world);
          Map<String, ProcessRef<Words>> holders = new HashMap<>();
          for (int step = 0; step < 12; step++) {
            String node = ALL.get(world.below(3));
            switch (world.below(3)) {
              case 0 -> world.network().separate(node, node.equals("a") ? "b" : "a");
              case 1 -> world.network().heal();
              default -> {
                ProcessRef<Words> before = holders.get(node);
                if (before == null || !isAlive(nodes, before)) {
                  holders.put(node, take(nodes, node, KEPT));
                }
              }
            }
            world.advance(Duration.ofMillis(world.below(4_000)));
          }
          if (holders.isEmpty()) {
            holders.put("c", take(nodes, "c", KEPT));
          }
          world.network().heal();
          nodes.meet("a", "b", "c");
          world.advance(Duration.ofSeconds(5));
          List<ProcessRef<Words>> left =
              holders.values().stream().filter(holder -> isAlive(nodes, holder)).toList();
          assertThat(left).hasSize(1);
          for (String node : ALL) {
            assertThat(nodes.cluster(node).book().locateAll(KEPT))
                .extracting(ProcessRef::pid)
                .containsExactly(left.getFirst().pid());
          }
        });
  }
}
