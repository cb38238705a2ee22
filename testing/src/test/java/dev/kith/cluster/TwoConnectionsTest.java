package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Node;
import dev.kith.process.NodeDown;
import dev.kith.process.NodeUp;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.Handshake.Side;
import dev.kith.wire.node.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// NOD-8: two nodes keep one connection, whoever begins, and whoever else says one of their names.
class TwoConnectionsTest {
  private static final Secret SECRET = Secret.of("known to all of us here");

  private static ClusterSpec spec(String name, String... join) {
    return ClusterSpec.listening(name + ":1", Nodes.TYPES).withSecret(SECRET).withJoin(join);
  }

  /// Who listens at `x:1` and says it is this node.
  private static List<Impostor> impostors(World world, String name) {
    List<Impostor> all = new ArrayList<>();
    Transport transport = world.network().transport(world.node("x"));
    assertThat(transport.listen("x:1", stream -> impostor(all, name, stream)))
        .isInstanceOf(Transport.Listening.At.class);
    return all;
  }

  private static Impostor impostor(List<Impostor> all, String name, ByteStream stream) {
    Impostor one = new Impostor(Side.ACCEPTOR, name, stream);
    all.add(one);
    return one;
  }

  /// Each connects with the other, as often as not in the same moment.
  @Test
  void whoConnectsWithEachOtherMeetsOnce() {
    Exploration.explore(
        200,
        world -> {
          Nodes nodes = new Nodes(world);
          List<Object> heard = new ArrayList<>();
          for (String name : List.of("a", "b")) {
            Node node = world.node(name);
            node.events().add(NodeUp.class, heard::add);
            node.events().add(NodeDown.class, heard::add);
          }
          nodes.start("a", spec("a", "b:1"));
          world.advance(Duration.ofNanos(world.below(20_000_000)));
          nodes.start("b", spec("b", "a:1"));
          nodes.meet("a", "b");
          world.advance(Duration.ofSeconds(10));
          assertThat(heard).hasSize(2).allMatch(event -> event instanceof NodeUp);
        });
  }

  /// B12: a name that nobody has proved holds up nobody: neither the smaller of two, which decides,
  @Test
  void anImpostorOfTheLargerHoldsUpNobody() {
    Exploration.explore(50, world -> heldUp(world, "a", "b"));
  }

  /// nor the larger, which waits for the other's word.
  @Test
  void anImpostorOfTheSmallerHoldsUpNobody() {
    Exploration.explore(50, world -> heldUp(world, "b", "a"));
  }

  /// One node connects with an impostor of the other, and then the other comes.
  private static void heldUp(World world, String one, String other) {
    Nodes nodes = new Nodes(world);
    List<Impostor> impostors = impostors(world, other);
    nodes.start(one, spec(one, "x:1"));
    world.until(
        () -> !impostors.isEmpty() && impostors.getFirst().heard.contains(Frame.Kind.PROOF),
        Duration.ofSeconds(1));
    nodes.start(other, spec(other, one + ":1"));
    world.until(() -> nodes.sees(one, other) && nodes.sees(other, one), Duration.ofMillis(100));
    assertThat(impostors.getFirst().closed).isFalse();
  }

  /// Somebody says a name to whoever it connects with, before the node of that name comes.
  @Test
  void whoConnectsUnderANameHoldsUpNobody() {
    Exploration.explore(
        50,
        world -> {
          Nodes nodes = new Nodes(world);
          nodes.start("a", spec("a"));
          List<Impostor> impostors = new ArrayList<>();
          Transport transport = world.network().transport(world.node("x"));
          transport.connect("a:1", Impostor.connecting(Side.INITIATOR, "b", impostors));
          world.until(
              () -> !impostors.isEmpty() && impostors.getFirst().heard.contains(Frame.Kind.HELLO),
              Duration.ofSeconds(1));
          nodes.start("b", spec("b", "a:1"));
          world.until(() -> nodes.sees("a", "b") && nodes.sees("b", "a"), Duration.ofMillis(100));
          assertThat(impostors.getFirst().closed).isFalse();
        });
  }
}
