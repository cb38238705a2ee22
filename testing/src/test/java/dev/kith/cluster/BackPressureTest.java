package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.RemoteName;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// SIG-9, B11: another node stops reading.
@ExtendWith(WorldExtension.class)
class BackPressureTest {
  private static final int WORDS = 200;
  private static final int LENGTH = 100_000;
  private static final Name<Words> EAR = Name.of("ear", Words.class);

  private final List<Integer> heard = new ArrayList<>();

  /// Two nodes, the second of which listens and then stands still.
  private Node stalled(World world) {
    Nodes nodes = new Nodes(world);
    Node a = nodes.start("a", plain("a"));
    Node b = nodes.start("b", plain("b").withJoin("a:1"));
    b.spawn(
        ProcessSpec.server(
                Words.class,
                () ->
                    (_, word) -> {
                      if (word instanceof Words.Say(String text)) {
                        heard.add(Integer.parseInt(text.strip()));
                      }
                    })
            .named(EAR));
    nodes.meet("a", "b");
    world.network().stop("b");
    return a;
  }

  /// Nothing is compressed: these words would hardly be there.
  private static ClusterSpec plain(String name) {
    return ClusterSpec.listening(name + ":1", Nodes.TYPES)
        .withLimits(LinkLimits.standard().withCompressFrom(0).withBounds(1 << 20, 64 << 20));
  }

  private static Words word(int number) {
    return new Words.Say(" ".repeat(LENGTH) + number);
  }

  private static RemoteName<Words> ear(World world) {
    return EAR.at(world.node("b").name());
  }

  private void assertAllHeard(World world) {
    world.network().resume("b");
    world.until(() -> heard.size() == WORDS, Duration.ofSeconds(20));
    assertThat(heard).isEqualTo(IntStream.range(0, WORDS).boxed().toList());
    assertThat(world.node("a").drops().total()).isZero();
  }

  /// A server that says one word a message gets no more messages, and goes on when there is room.
  @Test
  void aServerGetsNoFurtherMessage(World world) {
    Node a = stalled(world);
    int[] said = {0};
    ProcessRef<Integer> talker =
        a.spawn(
            Integer.class,
            () ->
                (self, number) -> {
                  self.send(ear(world), word(number));
                  said[0]++;
                });
    IntStream.range(0, WORDS).forEach(talker::send);
    world.advance(Duration.ofSeconds(1));
    assertThat(said[0]).isBetween(10, 30);
    assertThat(a.mailboxDepth(talker)).isEqualTo(WORDS - said[0]);
    assertAllHeard(world);
  }

  /// Whoever sends elsewhere is not held up.
  @Test
  void othersAreUnaffected(World world) {
    Node a = stalled(world);
    ProcessRef<Integer> talker =
        a.spawn(Integer.class, () -> (self, number) -> self.send(ear(world), word(number)));
    IntStream.range(0, WORDS).forEach(talker::send);
    List<Integer> near = new ArrayList<>();
    ProcessRef<Integer> neighbour = a.spawn(Integer.class, () -> (_, number) -> near.add(number));
    IntStream.range(0, WORDS).forEach(neighbour::send);
    world.advance(Duration.ofSeconds(1));
    assertThat(near).hasSize(WORDS);
    assertAllHeard(world);
  }

  /// Signals that are not messages reach a process that pauses.
  @Test
  void aPausedProcessCanBeEnded(World world) {
    Node a = stalled(world);
    ProcessRef<Integer> talker =
        a.spawn(Integer.class, () -> (self, number) -> self.send(ear(world), word(number)));
    IntStream.range(0, WORDS).forEach(talker::send);
    world.advance(Duration.ofSeconds(1));
    a.exit(talker, ExitReason.shutdown());
    world.run();
    assertThat(a.isAlive(talker)).isFalse();
    world.network().resume("b");
  }

  /// A body waits in `send`.
  @Test
  void aBodyWaits(World world) {
    Node a = stalled(world);
    int[] said = {0};
    a.spawn(
        Integer.class,
        (self, _) -> {
          for (int i = 0; i < WORDS; i++) {
            self.send(ear(world), word(i));
            said[0]++;
          }
        });
    world.advance(Duration.ofSeconds(1));
    assertThat(said[0]).isBetween(10, 30);
    assertAllHeard(world);
    assertThat(said[0]).isEqualTo(WORDS);
  }

  /// What a thread outside sends beyond the cap is dropped and counted, and no memory grows.
  @Test
  void beyondTheCapMessagesAreCounted(World world) {
    Node a = stalled(world);
    int sent = 1_000;
    for (int i = 0; i < sent; i++) {
      a.send(ear(world), word(i));
    }
    long dropped = a.drops().of(DropReason.LINK_FULL);
    assertThat(dropped * LENGTH).isBetween(sent * (long) LENGTH - (70 << 20), sent * (long) LENGTH);
    world.network().resume("b");
    world.until(() -> heard.size() == sent - dropped, Duration.ofSeconds(20));
  }

  /// Whoever pauses for a node that is gone goes on.
  @Test
  void theLossOfTheNodeEndsThePause(World world) {
    Node a = stalled(world);
    int[] said = {0};
    ProcessRef<Integer> talker =
        a.spawn(
            Integer.class,
            () ->
                (self, number) -> {
                  self.send(ear(world), word(number));
                  said[0]++;
                });
    IntStream.range(0, WORDS).forEach(talker::send);
    world.advance(Duration.ofSeconds(10));
    assertThat(said[0]).isEqualTo(WORDS);
    assertThat(a.drops().of(DropReason.NO_CONNECTION)).isPositive();
    world.network().resume("b");
  }
}
