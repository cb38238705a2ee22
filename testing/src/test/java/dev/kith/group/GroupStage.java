package dev.kith.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.process.Node;
import dev.kith.testing.Exploration;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.function.Consumer;

/// A scope seen from one side, and processes that join it on the other: the same node, or another.
///
/// @param here where it is looked at
/// @param there where processes join
record GroupStage(World world, Node here, Scope seen, Node there, Scope joined) {
  /// Longer than any delay of the network.
  private static final Duration A_WHILE = Duration.ofMillis(20);

  /// Plays once on one node, and once on two.
  static void nearAndFar(Consumer<GroupStage> play) {
    nearAndFar(1, play);
  }

  /// Plays so many times on one node, and then on two.
  static void nearAndFar(int schedules, Consumer<GroupStage> play) {
    Exploration.explore(schedules, world -> play.accept(near(world)));
    Exploration.explore(schedules, world -> play.accept(far(world)));
  }

  private static GroupStage near(World world) {
    Scope scope = Scope.on(world.node());
    return new GroupStage(world, world.node(), scope, world.node(), scope);
  }

  private static GroupStage far(World world) {
    Scope here = scope(world, "a");
    Scope there = scope(world, "b", "a:1");
    world.until(() -> !world.node("a").reachable().isEmpty(), Duration.ofSeconds(10));
    return new GroupStage(world, world.node("a"), here, world.node("b"), there);
  }

  private static Scope scope(World world, String name, String... join) {
    Node node = world.node(name);
    ClusterSpec spec = ClusterSpec.listening(name + ":1", Types.of()).withJoin(join);
    Cluster.Start start = Cluster.start(node, world.network().transport(node), spec);
    assertThat(start).isInstanceOf(Cluster.Start.Joined.class);
    return ((Cluster.Start.Joined) start).cluster().scope("test");
  }

  /// A process that can join.
  <M> Probe<M> member(Class<M> protocol) {
    return world.probe(there, protocol);
  }

  /// Lets everything be told.
  void settle() {
    if (here == there) {
      world.run();
    } else {
      world.advance(A_WHILE);
    }
  }
}
