package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import org.junit.jupiter.api.Test;

class SignificantChildTest {
  private static final SupervisorSpec ANY =
      SupervisorSpec.oneForOne().withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT);
  private static final SupervisorSpec ALL =
      SupervisorSpec.oneForOne().withAutoShutdown(AutoShutdown.ALL_SIGNIFICANT);

  /// SUP-9: any_significant.
  @Test
  void anyEndsTheSupervisorWithTheFirst() {
    explore(family -> {
      var supervisor =
          family.start(
              ANY.withChildren(
                  family.child("a"),
                  family.transientChild("b").significant(),
                  family.temporaryChild("c").significant()));
      family.expect("a up", "b up", "c up");
      family.tell("b", END);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      family.expect("b down", "c down", "a down");
    });
  }

  /// SUP-9: a restart is no end.
  @Test
  void aSignificantChildThatIsRestartedEndsNothing() {
    explore(family -> {
      var supervisor = family.start(ANY.withChildren(family.transientChild("a").significant()));
      family.tell("a", CRASH);
      family.expect("a up", "a down", "a up");
      family.expectPeace();
      assertThat(family.isAlive(supervisor)).isTrue();
    });
  }

  /// SUP-9: a crash that is not followed by a restart is.
  @Test
  void aTemporaryOneEndsTheSupervisorByACrashToo() {
    explore(family -> {
      var supervisor = family.start(ANY.withChildren(family.temporaryChild("a").significant()));
      family.tell("a", CRASH);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
    });
  }

  /// SUP-9: all_significant.
  @Test
  void allEndsTheSupervisorWithTheLast() {
    explore(family -> {
      var supervisor =
          family.start(
              ALL.withChildren(
                  family.child("a"),
                  family.transientChild("b").significant(),
                  family.temporaryChild("c").significant()));
      family.tell("c", END);
      family.expect("a up", "b up", "c up", "c down");
      family.expectPeace();
      family.tell("b", END);
      family.expect("b down", "a down");
      assertThat(family.isAlive(supervisor)).isFalse();
    });
  }

  /// SUP-9: who is stopped by request has not ended by itself.
  @Test
  void anEndByRequestDoesNotCount() {
    explore(family -> {
      var supervisor = family.start(ANY.withChildren(family.transientChild("a").significant()));
      family.ask(supervisor, new Supervisor.TerminateChild("a"));
      family.expect("a up", "a down");
      assertStaysUp(family, supervisor);
    });
  }

  /// SUP-9: nor who is stopped for a sibling's sake.
  @Test
  void anEndForASiblingsSakeDoesNotCount() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForAll()
                  .withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                  .withChildren(family.child("a"), family.temporaryChild("b").significant()));
      family.tell("a", CRASH);
      family.expect("a up", "b up", "a down", "b down", "a up");
      assertStaysUp(family, supervisor);
    });
  }

  private static void assertStaysUp(Family family, ProcessRef<Supervisor.Message> supervisor) {
    family.expectPeace();
    assertThat(family.isAlive(supervisor)).isTrue();
  }

  /// SUP-9.
  @Test
  void isIllegalIfPermanent() {
    var permanent = ChildSpec.permanent(Family.nameOf("a"), () -> (self, order) -> {});

    assertThatIllegalArgumentException().isThrownBy(permanent::significant);
  }

  /// SUP-9.
  @Test
  void isIllegalIfTheSupervisorNeverShutsDown() {
    var child = ChildSpec.temporary(Family.nameOf("a"), () -> (self, order) -> {}).significant();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupervisorSpec.oneForOne(child))
        .withMessageContaining("is significant, and its supervisor never shuts down");
  }
}
