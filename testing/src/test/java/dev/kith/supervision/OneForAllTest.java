package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneForAllTest {

  /// SUP-5: the others stop in reverse order, then all start in order.
  @Test
  void aCrashRestartsEverybody() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForAll(family.child("a"), family.child("b"), family.child("c")));
      family.expect("a up", "b up", "c up");
      family.tell("b", CRASH);
      family.expect("b down", "c down", "a down", "a up", "b up", "c up");
      family.expectPeace();
    });
  }

  /// SUP-5: of two crashes at once the second is part of the first restart, or a restart of its
  /// own.
  @Test
  void afterTwoCrashesEverybodyIsUp() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForAll(family.child("a"), family.child("b"), family.child("c"))
              .withIntensity(RestartIntensity.of(2, Family.SECOND)));
      family.tell("a", CRASH);
      family.tell("c", CRASH);
      family.world.run();
      assertThat(family.isUp("a") && family.isUp("b") && family.isUp("c")).isTrue();
    });
  }

  /// SUP-5 (OTP's suite): all means also those that had stopped.
  @Test
  void thoseThatHadEndedAreStartedToo() {
    explore(family -> {
      family.start(SupervisorSpec.oneForAll(family.transientChild("a"), family.child("b")));
      family.tell("a", END);
      family.expect("a up", "b up", "a down");
      family.tell("b", CRASH);
      family.expect("b down", "a up", "b up");
      family.expectPeace();
    });
  }

  /// SUP-7: those already restarted stop again, and the whole group is tried once more.
  @Test
  void aSiblingThatFailsToStartStopsThoseAlreadyRestarted() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForAll(family.child("a"), family.child("b"), family.child("c"))
              .withIntensity(RestartIntensity.of(2, Family.SECOND)));
      family.expect("a up", "b up", "c up");
      family.failNext("b", 1);
      family.tell("c", CRASH);
      family.expect("c down", "b down", "a down", "a up", "b fails", "a down");
      family.expect("a up", "b up", "c up");
      family.expectPeace();
    });
  }
}
