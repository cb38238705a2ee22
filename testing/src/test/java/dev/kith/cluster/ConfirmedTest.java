package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Address;
import dev.kith.process.Answer;
import dev.kith.process.ExitReason;
import dev.kith.process.MailboxLimit;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.Exploration;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// B9: sends that are confirmed.
class ConfirmedTest {
  private static final Name<Words> DESK = Name.of("desk", Words.class);
  private static final NodeName B = NodeName.of("b");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Answer<Arrived> ARRIVED = new Answer.Reply<>(Arrived.ARRIVED);

  /// Two nodes, and a process on the first that sends.
  private static final class Two {
    final World world;
    final Nodes nodes;
    final List<Object> answers = new ArrayList<>();
    private final ProcessRef<Object> sender;

    private record Order(Address<Words> to, Words message, Duration within) {}

    Two(World world) {
      this.world = world;
      this.nodes = new Nodes(world);
      nodes.start("a");
      nodes.start("b", "a:1");
      nodes.meet("a", "b");
      sender =
          world
              .node("a")
              .spawn(
                  Object.class,
                  () ->
                      (self, message) -> {
                        if (message instanceof Order(var to, Words said, Duration within)) {
                          nodes
                              .cluster("a")
                              .confirmed()
                              .send(self, to, said, within, answer -> answer);
                        } else {
                          answers.add(message);
                        }
                      });
    }

    void send(Address<Words> to, int number) {
      sender.send(new Order(to, new Words.Numbered(number), LONG));
    }

    void send(Address<Words> to, Words message, Duration within) {
      sender.send(new Order(to, message, within));
    }

    ProcessRef<Words> seen(ProcessRef<Words> process) {
      return known(world.node("a").find(process.pid()));
    }

    @SuppressWarnings("unchecked") // it was one before
    private static ProcessRef<Words> known(ProcessRef<?> process) {
      return (ProcessRef<Words>) process;
    }
  }

  private static List<Words> numbers(int count) {
    return IntStream.range(0, count).<Words>mapToObj(Words.Numbered::new).toList();
  }

  @Test
  void arriveInOrderAndSaySo() {
    try (World world = World.of(1)) {
      Two two = new Two(world);
      Probe<Words> receiver = world.probe(world.node("b"), Words.class);
      for (int i = 0; i < 3; i++) {
        two.send(two.seen(receiver.ref()), i);
      }
      world.advance(Duration.ofSeconds(1));
      assertThat(receiver.drain()).isEqualTo(numbers(3));
      assertThat(two.answers).containsExactly(ARRIVED, ARRIVED, ARRIVED);
    }
  }

  @Test
  void arriveOnTheirOwnNodeToo() {
    try (World world = World.of(1)) {
      Two two = new Two(world);
      Probe<Words> receiver = world.probe(Words.class);
      two.send(receiver.ref(), 0);
      receiver.expect(new Words.Numbered(0));
      world.run();
      assertThat(two.answers).containsExactly(ARRIVED);
    }
  }

  @Test
  void sayWhyNot() {
    try (World world = World.of(1)) {
      Two two = new Two(world);
      Node b = world.node("b");
      two.send(DESK.at(B), 0);
      ProcessRef<Words> full =
          b.spawn(
              ProcessSpec.server(Words.class, () -> (_, _) -> {})
                  .withMailbox(MailboxLimit.ofMessages(1)));
      world.run();
      b.suspend(full);
      world.run();
      two.send(two.seen(full), 1);
      two.send(two.seen(full), 2);
      b.spawn(
          ProcessSpec.server(String.class, () -> (_, _) -> {})
              .named(Name.of("other", String.class)));
      two.send(Name.of("other", Words.class).at(B), 3);
      world.advance(Duration.ofSeconds(1));
      assertThat(two.answers).hasSize(4);
      assertThat(two.answers.get(0)).isEqualTo(new Answer.Failed<>(ExitReason.noProcess()));
      assertThat(two.answers.get(1)).isEqualTo(ARRIVED);
      assertThat(two.answers.get(2)).isEqualTo(new Answer.Failed<>(ExitReason.overloaded()));
      assertThat(two.answers.get(3).toString()).contains("wrong protocol");
    }
  }

  @Test
  void endWithTheirTime() {
    try (World world = World.of(1)) {
      Two two = new Two(world);
      world.network().separate("a", "b");
      two.send(DESK.at(B), new Words.Say("late"), Duration.ofSeconds(20));
      world.advance(Duration.ofSeconds(30));
      assertThat(two.answers).containsExactly(new Answer.Failed<>(ExitReason.timeout()));
    }
  }

  /// Whatever happens to connections, each arrives once.
  @Test
  void outliveEveryConnection() {
    Exploration.explore(
        200,
        world -> {
          Two two = new Two(world);
          Probe<Words> receiver = world.probe(world.node("b"), Words.class);
          int count = 0;
          for (int step = 0; step < 30; step++) {
            for (int i = world.below(4); i > 0; i--) {
              two.send(two.seen(receiver.ref()), count++);
            }
            disturb(world);
            world.advance(Duration.ofMillis(world.below(300)));
          }
          world.network().heal();
          int all = count;
          world.until(() -> two.answers.size() == all, Duration.ofMinutes(2));
          assertThat(two.answers).containsOnly(ARRIVED);
          assertThat(receiver.drain()).isEqualTo(numbers(all));
        });
  }

  /// Each parcel behind a gap says what is missing; all of them together cost one more run.
  @Test
  void aGapOfThousandsIsFilledOnce() {
    try (World world = World.of(1)) {
      Two two = new Two(world);
      Probe<Words> receiver = world.probe(world.node("b"), Words.class);
      Node b = world.node("b");
      ProcessRef<Words> to = two.seen(receiver.ref());
      int all = 4_000;
      for (int i = 0; i < all; i++) {
        two.send(to, i);
      }
      ProcessRef<Post.Message> post = b.whereis(Post.NAME).orElseThrow();
      b.suspend(post);
      world.advance(Duration.ofMillis(100));
      b.exit(post, ExitReason.kill());
      world.until(() -> two.answers.size() == all, Duration.ofMinutes(1));
      assertThat(receiver.drain()).isEqualTo(numbers(all));
      assertThat(two.nodes.handled("b", Post.Message.class)).isLessThan(2L * all);
    }
  }

  private static void disturb(World world) {
    switch (world.below(8)) {
      case 0, 1 -> world.network().disconnect("a", "b");
      case 2 -> world.network().cut("a", "b");
      case 3 -> world.network().cut("b", "a");
      case 4 -> {
        Node b = world.node("b");
        b.whereis(Post.NAME).ifPresent(post -> b.exit(post, ExitReason.kill()));
      }
      default -> world.network().heal();
    }
  }

  /// Another life of the node is another receiver: what is meant for the name may arrive there.
  @Test
  void findTheNextLifeByName() {
    try (World world = World.of(1)) {
      Two two = new Two(world);
      world.crash("b");
      two.send(DESK.at(B), 0);
      world.advance(Duration.ofSeconds(3));
      two.nodes.start("b", "a:1");
      List<Words> heard = new ArrayList<>();
      world
          .node("b")
          .spawn(
              ProcessSpec.server(Words.class, () -> (_, message) -> heard.add(message))
                  .named(DESK));
      world.until(() -> two.answers.size() == 1, Duration.ofMinutes(1));
      assertThat(two.answers).containsExactly(ARRIVED);
      assertThat(heard).containsExactly(new Words.Numbered(0));
    }
  }
}
