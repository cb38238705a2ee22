package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.cluster.Access.Names;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.testing.LogLines;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.Handshake.Side;
import dev.kith.wire.node.Refusal;
import dev.kith.wire.node.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// B12: which nodes may connect, and how many may try.
@ExtendWith(WorldExtension.class)
class AccessTest {
  private static ClusterSpec spec(String name, String... join) {
    return ClusterSpec.listening(name + ":1", Nodes.TYPES).withJoin(join);
  }

  private static List<LinkEvent.Refused> refusals(Node node) {
    List<LinkEvent.Refused> heard = new ArrayList<>();
    node.events().add(LinkEvent.Refused.class, heard::add);
    return heard;
  }

  // Names

  @Test
  void aNameIsAllowedToTheLetterOrByAPattern() {
    Access access = Access.everybody().withNodes("a", "chat-*", "*.example");
    assertThat(List.of("a", "chat-", "chat-7", "b.example"))
        .allMatch(name -> access.objection(NodeName.of(name), Set.of()).isEmpty());
    assertThat(List.of("b", "aa", "A", "a.", "my-chat-7", "bxexample", "b.example.c"))
        .allMatch(name ->
            access.objection(NodeName.of(name), Set.of()).equals(Optional.of(Refusal.NOT_ALLOWED)));
  }

  @Test
  void aNameIsInItsCertificate() {
    Access access = Access.everybody().withNames(Names.CERTIFIED);
    assertThat(access.objection(NodeName.of("a"), Set.of("b", "a"))).isEmpty();
    assertThat(access.objection(NodeName.of("a"), Set.of("b"))).contains(Refusal.UNCERTIFIED);
    assertThat(access.objection(NodeName.of("a"), Set.of())).contains(Refusal.UNCERTIFIED);
  }

  @Test
  void somebodyMayConnect() {
    assertThatThrownBy(() -> Access.everybody().withNodes())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Access.everybody().withNodes("a", " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void certifiedNamesNeedCertificates(World world) {
    ClusterSpec spec = spec("a").withAccess(Access.everybody().withNames(Names.CERTIFIED));
    Node node = world.node("a");
    assertThat(Cluster.start(node, world.network().transport(node), spec))
        .isInstanceOfSatisfying(
            Cluster.Start.NotPossible.class,
            start -> assertThat(start.why()).contains("its transport has none"));
  }

  /// Who is connected with looks.
  @Test
  void whoIsNotAllowedMeetsOnlyOthers(World world) {
    Nodes nodes = new Nodes(world);
    List<LinkEvent.Refused> heard = refusals(world.node("a"));
    nodes.start("a", spec("a").withAccess(Access.everybody().withNodes("b")));
    nodes.start("b", "a:1");
    nodes.start("c", "a:1", "b:1");
    nodes.meet("a", "b");
    nodes.meet("b", "c");
    world.advance(Duration.ofSeconds(20));
    assertThat(nodes.sees("a", "c") || nodes.sees("c", "a")).isFalse();
    assertThat(heard)
        .isNotEmpty()
        .allMatch(one ->
            one.why() == Refusal.NOT_ALLOWED && one.name().equals(Optional.of(NodeName.of("c"))));
    assertThat(nodes.cluster("a").refusals()).containsOnlyKeys(Refusal.NOT_ALLOWED);
    assertThat(nodes.cluster("a").refusals().get(Refusal.NOT_ALLOWED)).isEqualTo(heard.size());
  }

  /// Who connects looks at whom it has reached.
  @Test
  void whoIsReachedMustBeAllowedToo(World world) {
    Nodes nodes = new Nodes(world);
    List<LinkEvent.Refused> heard = refusals(world.node("c"));
    nodes.start("a");
    nodes.start("c", spec("c", "a:1").withAccess(Access.everybody().withNodes("b")));
    world.until(() -> !heard.isEmpty(), Duration.ofSeconds(5));
    assertThat(heard.getFirst().why()).isEqualTo(Refusal.NOT_ALLOWED);
    assertThat(heard.getFirst().name()).contains(NodeName.of("a"));
    world.advance(Duration.ofSeconds(20));
    assertThat(nodes.sees("a", "c") || nodes.sees("c", "a")).isFalse();
  }

  /// Both sides say why, and neither says it at each attempt; nor do strangers that say a new name
  /// each time fill a log.
  @Test
  void refusalsFillNoLog(World world) {
    try (LogLines lines = new LogLines("dev.kith.cluster")) {
      Nodes nodes = new Nodes(world);
      nodes.start("a", spec("a").withAccess(Access.everybody().withNodes("b")));
      nodes.start("c", "a:1");
      world.advance(Duration.ofSeconds(30));
      assertThat(nodes.cluster("a").refusals().get(Refusal.NOT_ALLOWED)).isGreaterThan(2);
      assertThat(lines.with("node a and c do not"))
          .hasSize(1)
          .allMatch(line -> line.contains("this node may not connect"));
      assertThat(lines.with("node c and a do not"))
          .hasSize(1)
          .allMatch(line -> line.contains("this node may not connect (the other side says: "));
      lines.clear();
      Transport transport = world.network().transport(world.node("x"));
      for (int i = 0; i < 50; i++) {
        String name = "stranger-" + i;
        transport.connect("a:1", Strangers.saying(name));
        world.advance(Duration.ofMillis(100));
      }
      assertThat(lines.with("this node may not connect")).hasSizeBetween(1, 2 * Refusals.LINES_MAX);
      lines.clear();
      world.advance(Refusals.WINDOW);
      transport.connect("a:1", Strangers.saying("the-last"));
      world.advance(Duration.ofSeconds(1));
      assertThat(lines.with("more before that")).isNotEmpty();
    }
  }

  // How many

  private static final LinkLimits FEW = LinkLimits.standard().withStrangers(3);

  @Test
  void strangersAreFew(World world) {
    Nodes nodes = new Nodes(world);
    List<LinkEvent.Refused> heard = refusals(world.node("a"));
    nodes.start("a", spec("a").withLimits(FEW));
    Strangers strangers = new Strangers(world, 5);
    strangers.connect("a:1");
    world.advance(Duration.ofSeconds(1));
    assertThat(strangers.all).hasSize(5);
    assertThat(strangers.all.stream().filter(one -> one.closed)).hasSize(2);
    assertThat(strangers.all.stream().filter(one -> one.heard.contains(Frame.Kind.HELLO)))
        .hasSize(3);
    assertThat(heard).hasSize(2).allMatch(one -> one.why() == Refusal.CROWDED);
    assertThat(nodes.cluster("a").refusals()).containsEntry(Refusal.CROWDED, 2L);
  }

  /// Each has its time, and makes room then; and who has proved itself takes none.
  @Test
  void strangersGoAndLeaveRoom(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a", spec("a").withLimits(FEW));
    for (String name : List.of("b", "c", "d", "e")) {
      nodes.start(name, "a:1");
      nodes.meet("a", name);
    }
    Strangers strangers = new Strangers(world, 3);
    strangers.connect("a:1");
    world.advance(Duration.ofSeconds(1));
    assertThat(strangers.all).hasSize(3).noneMatch(one -> one.closed);
    world.advance(Heartbeat.standard().bound());
    assertThat(strangers.all).allMatch(one -> one.closed);
    nodes.start("f", "a:1");
    nodes.meet("a", "f");
    assertThat(nodes.cluster("a").refusals().get(Refusal.CROWDED)).isNull();
  }

  @Test
  void arrivalsHaveARate(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a", spec("a").withLimits(LinkLimits.standard().withArrivals(10)));
    Strangers strangers = new Strangers(world, 15);
    strangers.connect("a:1");
    world.advance(Duration.ofMillis(50));
    assertThat(nodes.cluster("a").refusals()).containsEntry(Refusal.CROWDED, 5L);
    world.advance(Duration.ofMillis(500));
    Strangers later = new Strangers(world, 15);
    later.connect("a:1");
    world.advance(Duration.ofMillis(50));
    assertThat(nodes.cluster("a").refusals().get(Refusal.CROWDED)).isBetween(14L, 15L);
  }

  /// Connections of somebody who can prove nothing.
  private static final class Strangers {
    final List<Impostor> all = new ArrayList<>();
    private final Transport transport;
    private final int count;

    Strangers(World world, int count) {
      this.transport = world.network().transport(world.node("x"));
      this.count = count;
    }

    void connect(String address) {
      for (int i = 0; i < count; i++) {
        transport.connect(address, Impostor.connecting(Side.INITIATOR, "x", all));
      }
    }

    static Transport.Connecting saying(String name) {
      return Impostor.connecting(Side.INITIATOR, name, new ArrayList<>());
    }
  }
}
