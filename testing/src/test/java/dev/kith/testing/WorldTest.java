package dev.kith.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.process.Body;
import dev.kith.process.ExitException;
import dev.kith.process.ProcessRef;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  sealed interface Message {}

  record Add(int amount) implements Message, Request<Integer> {}

  record Forward(ProcessRef<Message> to) implements Message, Request<Integer> {}

  /// Adds, or asks another to add for it, waiting.
  static final class Counter implements Server<Message> {
    private int total;

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Add add -> self.reply(add, total += add.amount());
        case Forward forward -> self.reply(forward, self.call(forward.to(), new Add(1), SECOND));
      }
    }
  }

  @Test
  void sameSeedGivesTheSameTrace() {
    assertThat(digestOf(7)).isEqualTo(digestOf(7));
    assertThat(digestOf(7)).isNotEqualTo(digestOf(8));
  }

  private static long digestOf(long seed) {
    try (World world = World.of(seed)) {
      Probe<Integer> probe = world.probe(Integer.class);
      for (int i = 0; i < 10; i++) {
        int number = i;
        world
            .node()
            .spawn(Integer.class, () -> (self, message) -> probe.ref().send(number))
            .send(1);
      }
      world.run();
      assertThat(probe.drain()).hasSize(10);
      return world.trace().digest();
    }
  }

  /// Two JVMs, so that nothing that differs between them (identity hashes, set orders, thread
  /// numbers) decides.
  @Test
  void sameSeedGivesTheSameTraceInAnotherJvm() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    Process other =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), WorldTest.class.getName(), "7")
            .redirectErrorStream(true)
            .start();
    String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed.strip()).isEqualTo(Long.toString(digestOf(7)));
  }

  /// Prints the digest of a seed's trace.
  public static void main(String[] arguments) {
    System.out.println(digestOf(Long.parseLong(arguments[0])));
  }

  @Test
  void aServerMayWaitInTheMiddleOfItsTurn() {
    Exploration.explore(
        50,
        world -> {
          ProcessRef<Message> one = world.node().spawn(Message.class, Counter::new);
          ProcessRef<Message> two = world.node().spawn(Message.class, Counter::new);
          assertThat(world.node().<Integer, Forward>call(one, new Forward(two), SECOND))
              .isEqualTo(1);
          assertThat(world.node().<Integer, Forward>call(two, new Forward(one), SECOND))
              .isEqualTo(1);
        });
  }

  @Test
  void bodiesTakeTurnsWithEverybodyElse() {
    Exploration.explore(
        50,
        world -> {
          Probe<String> probe = world.probe(String.class);
          Body<String> echo =
              (self, inbox) -> {
                for (int i = 0; i < 3; i++) {
                  probe.ref().send(inbox.receive());
                }
              };
          ProcessRef<String> body = world.node().spawn(String.class, echo);
          body.send("a");
          body.send("b");
          body.send("c");
          probe.expect("a", "b", "c");
          assertThat(world.node().isAlive(body)).isFalse();
        });
  }

  @Test
  void sixtySecondsOfNothingTakeNoTime() {
    try (World world = World.of(1)) {
      world.probe(String.class).expectNothingFor(Duration.ofSeconds(60));
      assertThat(world.now()).isEqualTo(Duration.ofSeconds(60));
    }
  }

  @Test
  void aCallToASilentServerTimesOutInSimulatedTime() {
    try (World world = World.of(1)) {
      ProcessRef<Message> silent = world.node().spawn(Message.class, () -> (self, message) -> {});
      assertThatThrownBy(() -> world.node().call(silent, new Add(1), SECOND))
          .isInstanceOf(ExitException.class)
          .hasMessage("timeout");
      assertThat(world.now()).isEqualTo(SECOND);
      world.forgiveUnanswered();
    }
  }
}
