package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.MINUTE;
import static dev.kith.supervision.Family.SECOND;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.process.ExitReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
  private static final RestartBackoff BACKOFF =
      RestartBackoff.exponential(SECOND, SECOND.multipliedBy(10));
  private static final RestartIntensity PATIENT = RestartIntensity.of(100, Duration.ofHours(1));

  @Test
  void delaysDoubleUpToTheLongest() {
    for (int attempt = 1; attempt < 100; attempt++) {
      long whole = Math.min(10_000, attempt > 4 ? 10_000 : 1_000L << (attempt - 1));
      assertThat(BACKOFF.delay(attempt, 0).toMillis()).isEqualTo(whole / 2);
      for (long bits = -50; bits < 50; bits++) {
        assertThat(BACKOFF.delay(attempt, bits * 0x9E3779B97F4A7C15L).toMillis())
            .isBetween(whole / 2, whole);
      }
    }
  }

  @Test
  void aChildComesBackAfterADelay() {
    explore(family -> {
      family.start(patient(family.child("a")));
      family.expect("a up");
      family.tell("a", CRASH);
      family.expect("a down");
      family.probe.expectNothingFor(Duration.ofMillis(499));
      family.expect("a up");
    });
  }

  @Test
  void eachRestartInARowWaitsLonger() {
    explore(family -> {
      family.start(patient(family.child("a")));
      family.expect("a up");
      Duration before = family.world.now();
      family.failNext("a", 3);
      family.tell("a", CRASH);
      family.expect("a down", "a fails", "a fails", "a fails", "a up");
      Duration waited = family.world.now().minus(before);
      assertThat(waited).isBetween(Duration.ofMillis(7_500), Duration.ofSeconds(15));
    });
  }

  @Test
  void whoStayedUpBeginsAnew() {
    explore(family -> {
      family.start(patient(family.child("a")));
      family.expect("a up");
      family.failNext("a", 3);
      family.tell("a", CRASH);
      family.expect("a down", "a fails", "a fails", "a fails", "a up");
      family.world.advance(SECOND.multipliedBy(10));
      Duration before = family.world.now();
      family.tell("a", CRASH);
      family.expect("a down", "a up");
      assertThat(family.world.now().minus(before)).isLessThanOrEqualTo(SECOND);
    });
  }

  /// With others it stops at once, and all wait.
  @Test
  void theGroupWaitsTogether() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForAll(family.child("a"), family.child("b"))
              .withIntensity(PATIENT)
              .withBackoff(BACKOFF));
      family.expect("a up", "b up");
      family.tell("a", CRASH);
      family.expect("a down", "b down");
      family.probe.expectNothingFor(Duration.ofMillis(499));
      family.expect("a up", "b up");
    });
  }

  /// Under one_for_one nobody else waits.
  @Test
  void siblingsDoNotWait() {
    explore(family -> {
      var supervisor = family.start(patient(family.child("a"), family.child("b")));
      family.expect("a up", "b up");
      family.tell("a", CRASH);
      family.expect("a down");
      family.ask(supervisor, new Supervisor.TerminateChild("b"));
      family.ask(supervisor, new Supervisor.RestartChild("b"));
      family.expect("b down", "b up", "a up");
    });
  }

  /// SUP-7: who is terminated meanwhile stays down.
  @Test
  void aChildCanBeTerminatedMeanwhile() {
    explore(family -> {
      var supervisor = family.start(patient(family.child("a")));
      family.expect("a up");
      family.tell("a", CRASH);
      family.expect("a down");
      family.ask(supervisor, new Supervisor.TerminateChild("a"));
      family.expectPeace();
    });
  }

  /// A pause of an earlier life does not restart a later one.
  @Test
  void aChildStartedAgainMeanwhileIsNotDisturbed() {
    explore(family -> {
      var supervisor = family.start(patient(family.child("a")));
      family.expect("a up");
      family.tell("a", CRASH);
      family.expect("a down");
      family.ask(supervisor, new Supervisor.TerminateChild("a"));
      family.ask(supervisor, new Supervisor.RestartChild("a"));
      family.expect("a up");
      family.expectPeace();
    });
  }

  /// Ours: a group member that is terminated while the group waits does not keep the others down.
  @Test
  void theRestOfTheGroupComesBackWithoutWhoWasTerminated() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForAll(family.child("a"), family.child("b"), family.child("c"))
                  .withIntensity(PATIENT)
                  .withBackoff(BACKOFF));
      family.tell("b", CRASH);
      family.expect("a up", "b up", "c up", "b down", "c down", "a down");
      family.ask(supervisor, new Supervisor.TerminateChild("b"));
      family.expect("a up", "c up");
      family.expectPeace();
    });
  }

  @Test
  void theSupervisorDoesNotWaitToEnd() {
    explore(family -> {
      var supervisor = family.start(patient(family.child("a")));
      family.tell("a", CRASH);
      family.world.run();
      Duration before = family.world.now();
      family.world.node().exit(supervisor, ExitReason.shutdown());
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      assertThat(family.world.now()).isEqualTo(before);
    });
  }

  @Test
  void theLongestIsNotShorterThanTheFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartBackoff.exponential(MINUTE, SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartBackoff.exponential(Duration.ZERO, SECOND));
  }

  /// Up for the longest delay, no less, a child has recovered.
  @Test
  void isOverAfterTheLongest() {
    assertThat(BACKOFF.isOverAfter(SECOND.multipliedBy(10))).isTrue();
    assertThat(BACKOFF.isOverAfter(SECOND.multipliedBy(10).minusNanos(1))).isFalse();
    assertThat(RestartBackoff.exponential(SECOND, SECOND).delay(7, 1)).isLessThanOrEqualTo(SECOND);
  }

  /// The whole of the range comes up: the half, the whole, and nothing beyond.
  @Test
  void delaysAreSpreadFromHalfToWhole() {
    long half = SECOND.toNanos() / 2;
    assertThat(BACKOFF.delay(1, 0)).isEqualTo(Duration.ofNanos(half));
    assertThat(BACKOFF.delay(1, half)).isEqualTo(SECOND);
    assertThat(BACKOFF.delay(1, half + 1)).isEqualTo(Duration.ofNanos(half));
  }

  private static SupervisorSpec patient(ChildSpec<?>... children) {
    return SupervisorSpec.oneForOne(children).withIntensity(PATIENT).withBackoff(BACKOFF);
  }
}
