package dev.kith.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.process.ProcessRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class WorldExtensionTest {
  private final World own;

  WorldExtensionTest(World own) {
    this.own = own;
  }

  @Test
  void theWorldOfAConstructorIsTheTests(World world) {
    assertThat(own).isSameAs(world);
  }

  @Test
  void andOfThisTestAlone() {
    assertThat(own.now()).isZero();
    own.advance(Duration.ofSeconds(1));
  }

  @Test
  void asThisOneShows() {
    assertThat(own.now()).isZero();
    own.advance(Duration.ofSeconds(1));
  }

  @Test
  void aTestIsGivenAWorld(World world) {
    Probe<String> probe = world.probe(String.class);
    ProcessRef<String> echo =
        world.node().spawn(String.class, () -> (self, message) -> probe.ref().send(message));
    echo.send("hello");
    probe.expect("hello");
  }

  @Test
  void theWorldIsTheSameForAllParametersOfATest(World one, World other) {
    assertThat(one).isSameAs(other);
  }

  @Test
  void aFailedExplorationSaysHowToReplayIt() {
    assertThatThrownBy(() -> Exploration.explore(1, world -> assertThat(world.seed()).isNegative()))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s)replay with -Dkith.seed=\\d+ -Dtest=WorldExtensionTest#\\S+: .*");
  }
}
