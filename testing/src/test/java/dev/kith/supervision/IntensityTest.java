package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntensityTest {

  /// SUP-6: 1 in 5 s.
  @Test
  void theSecondCrashInTimeEndsTheSupervisor() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      family.tell("b", CRASH);
      family.expect("a up", "b up", "b down", "b up");
      family.world.advance(Duration.ofSeconds(4));
      family.tell("b", CRASH);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      family.expect("b down", "a down");
    });
  }

  /// SUP-6: crashes of different children count together.
  @Test
  void childrenCountTogether() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      family.tell("a", CRASH);
      family.tell("b", CRASH);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
    });
  }

  /// SUP-6.
  @Test
  void crashesFarApartDoNotAddUp() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      for (int i = 0; i < 5; i++) {
        family.tell("a", CRASH);
        family.expect("a up", "a down");
        family.world.advance(Duration.ofMillis(5_001));
      }
      assertThat(family.isAlive(supervisor)).isTrue();
    });
  }

  /// SUP-6: intensity 0.
  @Test
  void withoutRestartsTheFirstCrashEndsTheSupervisor() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(family.child("a"))
                  .withIntensity(RestartIntensity.of(0, Family.SECOND)));
      family.tell("a", CRASH);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      family.expect("a up", "a down");
      family.expectPeace();
    });
  }

  /// SUP-6: each attempt counts, so a crash and three failing starts are four.
  @Test
  void startsThatFailCount() {
    explore(family -> {
      var supervisor = family.start(threeIn(family));
      family.failNext("a", 3);
      family.tell("a", CRASH);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      family.expect("a up", "a down", "a fails", "a fails", "a fails");
      family.expectPeace();
    });
  }

  /// SUP-6: with two failing starts it survives.
  @Test
  void asManyAsAllowedAreSurvived() {
    explore(family -> {
      var supervisor = family.start(threeIn(family));
      family.failNext("a", 2);
      family.tell("a", CRASH);
      family.expect("a up", "a down", "a fails", "a fails", "a up");
      family.expectPeace();
      assertThat(family.isAlive(supervisor)).isTrue();
    });
  }

  private static SupervisorSpec threeIn(Family family) {
    return SupervisorSpec.oneForOne(family.child("a"))
        .withIntensity(RestartIntensity.of(3, Family.SECOND));
  }
}
