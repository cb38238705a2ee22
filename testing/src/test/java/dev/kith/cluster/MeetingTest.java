package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeDown;
import dev.kith.process.NodeName;
import dev.kith.process.NodeUp;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// NOD-1, NOD-7: nodes meet, talk and part.
@ExtendWith(WorldExtension.class)
class MeetingTest {
  private static final Name<Words> ECHO = Name.of("echo", Words.class);

  private static ProcessSpec<Words> echo() {
    return ProcessSpec.server(
            Words.class,
            () ->
                (self, message) -> {
                  if (message instanceof Words.Echo echo) {
                    self.reply(echo, echo.text() + "!");
                  }
                })
        .named(ECHO);
  }

  @Test
  void twoNodesMeetAndTalk(World world) {
    Nodes nodes = new Nodes(world);
    Node a = nodes.start("a");
    Node b = nodes.start("b", "a:1");
    a.spawn(echo());
    nodes.meet("a", "b");
    assertThat(
            b.<String, Words.Echo>call(
                ECHO.at(NodeName.of("a")), new Words.Echo("hello"), Duration.ofSeconds(5)))
        .isEqualTo("hello!");
  }

  @Test
  void whoKnowsOneMeetsAll(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.start("c", "b:1");
    nodes.start("d", "c:1");
    nodes.meet("a", "b", "c", "d");
  }

  /// NOD-2: a later life, while the earlier one is still thought to be there.
  @Test
  void aLaterLifeTakesThePlaceOfASilentOne(World world) {
    Nodes nodes = new Nodes(world);
    Node a = nodes.start("a");
    nodes.start("b", "a:1");
    nodes.meet("a", "b");
    int first = world.node("b").incarnation();
    List<Object> heard = new ArrayList<>();
    a.events().add(NodeUp.class, heard::add);
    a.events().add(NodeDown.class, heard::add);
    world.network().separate("a", "b");
    world.crash("b");
    world.advance(Duration.ofSeconds(2));
    assertThat(heard).isEmpty();
    world.network().heal();
    Node b = nodes.start("b", "a:1");
    world.until(() -> heard.size() == 2, Duration.ofSeconds(10));
    assertThat(heard)
        .containsExactly(
            new NodeDown(b.name(), first, "a later life of the node is here"),
            new NodeUp(b.name(), b.incarnation()));
    b.spawn(echo());
    assertThat(
            a.<String, Words.Echo>call(
                ECHO.at(b.name()), new Words.Echo("again"), Duration.ofSeconds(5)))
        .isEqualTo("again!");
  }

  /// A node that dies and comes back elsewhere, again and again, is known where it is.
  @Test
  void addressesThatANodeHadAreForgotten(World world) {
    Nodes nodes = new Nodes(world);
    Node a = nodes.start("a");
    for (int life = 1; life <= 5; life++) {
      nodes.start("b", ClusterSpec.listening("b:" + life, Nodes.TYPES).withJoin("a:1"));
      nodes.meet("a", "b");
      world.crash("b");
      world.until(() -> !nodes.sees("a", "b"), Duration.ofSeconds(30));
    }
    nodes.start("b", ClusterSpec.listening("b:9", Nodes.TYPES).withJoin("a:1"));
    nodes.meet("a", "b");
    ProcessRef<?> dialer = a.whereis(Dialer.NAME).orElseThrow();
    assertThat(a.inspect(dialer, Duration.ofSeconds(1)).orElseThrow().state())
        .isEqualTo(Set.of("b:9"));
  }

  /// An address that leads to a node by another way, or to the node itself, is not tried for ever.
  @Test
  void superfluousAddressesAreLeftAlone(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a", ClusterSpec.listening("a:1", Nodes.TYPES).withJoin("a:1", "b:1"));
    nodes.start(
        "b", ClusterSpec.listening("b:1", Nodes.TYPES).withAdvertised("b:9").withJoin("a:1"));
    nodes.meet("a", "b");
    world.advance(Duration.ofMinutes(2));
    long before = nodes.handled("a", Dialer.Event.class);
    world.advance(Duration.ofMinutes(10));
    assertThat(nodes.handled("a", Dialer.Event.class) - before).isLessThan(30);
  }
}
