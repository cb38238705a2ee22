package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RestForOneTest {

  /// SUP-5.
  @Test
  void aCrashRestartsOnlyLaterChildren() {
    explore(family -> {
      family.start(
          SupervisorSpec.restForOne(family.child("a"), family.child("b"), family.child("c")));
      family.expect("a up", "b up", "c up");
      family.tell("b", CRASH);
      family.expect("b down", "c down", "b up", "c up");
      family.expectPeace();
    });
  }

  /// SUP-5.
  @Test
  void theLastRestartsAlone() {
    explore(family -> {
      family.start(SupervisorSpec.restForOne(family.child("a"), family.child("b")));
      family.expect("a up", "b up");
      family.tell("b", CRASH);
      family.expect("b down", "b up");
      family.expectPeace();
    });
  }

  /// SUP-7, as OTP's suite has it: those before the one that failed to start stay up.
  @Test
  void aLaterChildThatFailsToStartIsTriedAgainWithThoseAfterIt() {
    explore(family -> {
      family.start(
          SupervisorSpec.restForOne(family.child("a"), family.child("b"), family.child("c"))
              .withIntensity(RestartIntensity.of(2, Family.SECOND)));
      family.expect("a up", "b up", "c up");
      family.failNext("b", 1);
      family.tell("a", CRASH);
      family.expect("a down", "c down", "b down", "a up", "b fails", "b up", "c up");
      family.expectPeace();
    });
  }

  /// SUP-10: a child that was added later is among the rest.
  @Test
  void childrenAddedLaterComeLast() {
    explore(family -> {
      var supervisor =
          family.start(SupervisorSpec.restForOne(family.child("a"), family.child("b")));
      family.ask(supervisor, new Supervisor.StartChild<>(family.child("c")));
      family.expect("a up", "b up", "c up");
      family.tell("b", CRASH);
      family.expect("b down", "c down", "b up", "c up");
      List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
      assertThat(children).extracting(ChildReport::id).containsExactly("a", "b", "c");
    });
  }
}
