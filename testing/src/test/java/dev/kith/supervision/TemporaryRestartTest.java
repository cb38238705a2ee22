package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ProcessRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporaryRestartTest {

  /// SUP-4.
  @Test
  void isNeitherRestartedNorRememberedAfterCrash() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.temporaryChild("a")));
      family.expect("a up");
      family.tell("a", CRASH);
      family.expect("a down");
      assertIsForgotten(family, supervisor);
    });
  }

  /// SUP-4.
  @Test
  void isNeitherRestartedNorRememberedAfterNormalExit() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.temporaryChild("a")));
      family.expect("a up");
      family.tell("a", END);
      family.expect("a down");
      assertIsForgotten(family, supervisor);
    });
  }

  /// SUP-4: its sibling's crash took it down, and only the sibling comes back.
  @Test
  void isNotRestartedWithItsSiblings() {
    explore(family -> {
      var supervisor =
          family.start(SupervisorSpec.oneForAll(family.child("a"), family.temporaryChild("b")));
      family.expect("a up", "b up");
      family.tell("a", CRASH);
      family.expect("a down", "b down", "a up");
      family.expectPeace();
      ChildCounts counts = family.ask(supervisor, new Supervisor.CountChildren());
      assertThat(counts).isEqualTo(new ChildCounts(1, 1, 0, 1));
    });
  }

  /// SUP-4: its own crash concerns nobody, whatever the strategy.
  @Test
  void doesNotTakeItsSiblingsAlong() {
    explore(family -> {
      family.start(SupervisorSpec.oneForAll(family.child("a"), family.temporaryChild("b")));
      family.expect("a up", "b up");
      family.tell("b", CRASH);
      family.expect("b down");
      family.expectPeace();
    });
  }

  private static void assertIsForgotten(Family family, ProcessRef<Supervisor.Message> supervisor) {
    family.expectPeace();
    List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
    assertThat(children).isEmpty();
  }
}
