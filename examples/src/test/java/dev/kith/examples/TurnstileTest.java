package dev.kith.examples;

import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.examples.Turnstile.Event;
import dev.kith.process.ExitException;
import dev.kith.server.StateMachine;
import dev.kith.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The guide's chapter on testing.
class TurnstileTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  // @start region=time
  @Test
  void aCoinIsGoodForASecond() {
    try (World world = World.of(42)) {
      var gate = world.node().spawn(StateMachine.spec(Event.class, Turnstile.Machine::new));
      gate.send(new Event.Coin());
      world.advance(SECOND.multipliedBy(60)); // takes no time
      assertThatThrownBy(() -> world.node().call(gate, new Event.Push("Ann"), SECOND))
          .isInstanceOf(ExitException.class);
    }
  }

  // @end

  // @start region=schedules
  @Test
  void lettingInDoesNotDependOnWhoComesFirst() {
    explore(
        200,
        world -> {
          var gate = world.node().spawn(StateMachine.spec(Event.class, Turnstile.Machine::new));
          var payer = world.node().spawn(Object.class, () -> (_, _) -> gate.send(new Event.Coin()));
          payer.send("pay");
          String answer = world.node().call(gate, new Event.Push("Ann"), SECOND);
          assertThat(answer).isEqualTo("Ann is in");
        });
  }
  // @end
}
