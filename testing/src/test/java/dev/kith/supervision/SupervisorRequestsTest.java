package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ProcessRef;
import dev.kith.supervision.Supervisor.CountChildren;
import dev.kith.supervision.Supervisor.DeleteChild;
import dev.kith.supervision.Supervisor.RestartChild;
import dev.kith.supervision.Supervisor.StartChild;
import dev.kith.supervision.Supervisor.TerminateChild;
import org.junit.jupiter.api.Test;

/// SUP-10: what a supervisor can be asked.
class SupervisorRequestsTest {

  @Test
  void aNewChildIsStartedAndSupervised() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne());
      ChildStart<Family.Order> result = startChild(family, supervisor, "a");
      assertThat(result).isEqualTo(new ChildStart.Started<>(family.ref("a")));
      family.tell("a", CRASH);
      family.expect("a up", "a down", "a up");
    });
  }

  @Test
  void aChildThatRunsIsNotStartedTwice() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      ChildStart<Family.Order> result = startChild(family, supervisor, "a");
      assertThat(result).isEqualTo(new ChildStart.AlreadyStarted<>(family.ref("a").pid()));
    });
  }

  @Test
  void aStoppedChildIsAlreadyPresent() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.transientChild("a")));
      family.tell("a", END);
      family.world.run();
      assertThat(startChild(family, supervisor, "a")).isEqualTo(new ChildStart.AlreadyPresent<>());
    });
  }

  @Test
  void aNewChildThatFailsIsForgotten() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForAll(family.child("a")));
      family.failNext("b", 1);
      assertThat(startChild(family, supervisor, "b")).isInstanceOf(ChildStart.Failed.class);
      assertThat(counts(family, supervisor)).isEqualTo(new ChildCounts(1, 1, 0, 1));
      family.expect("a up", "b fails");
      family.expectPeace();
    });
  }

  /// SUP-9: a significant child needs a supervisor that may shut down.
  @Test
  void aNewChildThatIsNotAcceptedFails() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne());
      ChildStart<Family.Order> result =
          family.ask(supervisor, new StartChild<>(family.temporaryChild("a").significant()));
      assertThat(result).isInstanceOf(ChildStart.Failed.class);
      assertThat(counts(family, supervisor).specs()).isZero();
    });
  }

  /// SUP-11.
  @Test
  void aNewChildThatIgnoresIsKept() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne());
      family.ignore("a");
      assertThat(startChild(family, supervisor, "a")).isEqualTo(new ChildStart.Ignored<>());
      assertThat(counts(family, supervisor)).isEqualTo(new ChildCounts(1, 0, 0, 1));
    });
  }

  @Test
  void aTerminatedChildIsKeptAndCanBeStartedAgain() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      assertThat(terminate(family, supervisor, "a")).isEqualTo(ChildTermination.TERMINATED);
      assertThat(family.isUp("a")).isFalse();
      ChildRestart result = family.ask(supervisor, new RestartChild("a"));
      assertThat(result).isEqualTo(new ChildRestart.Restarted(family.ref("a").pid()));
      family.expect("a up", "a down", "a up");
      family.expectPeace();
    });
  }

  @Test
  void aTerminatedTemporaryChildIsForgotten() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.temporaryChild("a")));
      assertThat(terminate(family, supervisor, "a")).isEqualTo(ChildTermination.TERMINATED);
      assertThat(restart(family, supervisor, "a")).isEqualTo(new ChildRestart.NotFound());
    });
  }

  @Test
  void terminatingAStoppedChildIsDoneAtOnce() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      terminate(family, supervisor, "a");
      assertThat(terminate(family, supervisor, "a")).isEqualTo(ChildTermination.TERMINATED);
    });
  }

  @Test
  void onlyAStoppedChildIsRestarted() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      assertThat(restart(family, supervisor, "a"))
          .isEqualTo(new ChildRestart.Running(family.ref("a").pid()));
    });
  }

  @Test
  void aRestartThatFailsLeavesTheChildStopped() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      terminate(family, supervisor, "a");
      family.failNext("a", 1);
      assertThat(restart(family, supervisor, "a")).isInstanceOf(ChildRestart.Failed.class);
      assertThat(counts(family, supervisor)).isEqualTo(new ChildCounts(1, 0, 0, 1));
      assertThat(restart(family, supervisor, "a")).isInstanceOf(ChildRestart.Restarted.class);
    });
  }

  @Test
  void onlyAStoppedChildIsDeleted() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      assertThat(delete(family, supervisor, "a")).isEqualTo(ChildDeletion.RUNNING);
      terminate(family, supervisor, "a");
      assertThat(delete(family, supervisor, "a")).isEqualTo(ChildDeletion.DELETED);
      assertThat(delete(family, supervisor, "a")).isEqualTo(ChildDeletion.NOT_FOUND);
    });
  }

  /// SUP-7: between two attempts.
  @Test
  void aChildAboutToBeRestartedIsNeitherRestartedNorDeletedNorNew() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(family.child("a"))
                  .withBackoff(RestartBackoff.exponential(Family.SECOND, Family.MINUTE)));
      family.tell("a", CRASH);
      family.world.run();
      assertThat(restart(family, supervisor, "a")).isEqualTo(new ChildRestart.Restarting());
      assertThat(delete(family, supervisor, "a")).isEqualTo(ChildDeletion.RESTARTING);
      assertThat(startChild(family, supervisor, "a")).isEqualTo(new ChildStart.AlreadyPresent<>());
    });
  }

  @Test
  void whatIsUnknownIsNotFound() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForAll(family.child("a")));
      assertThat(terminate(family, supervisor, "x")).isEqualTo(ChildTermination.NOT_FOUND);
      assertThat(delete(family, supervisor, "x")).isEqualTo(ChildDeletion.NOT_FOUND);
      assertThat(restart(family, supervisor, "x")).isEqualTo(new ChildRestart.NotFound());
    });
  }

  @Test
  void childrenAreCountedByWhatTheyAre() {
    explore(family -> {
      var inner = SupervisorSpec.oneForOne(family.child("b"));
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(
                  family.child("a"),
                  family.transientChild("c"),
                  ChildSpec.supervisor("inner", inner)));
      family.tell("c", END);
      family.world.run();
      assertThat(counts(family, supervisor)).isEqualTo(new ChildCounts(3, 2, 1, 2));
    });
  }

  private static ChildStart<Family.Order> startChild(
      Family family, ProcessRef<Supervisor.Message> supervisor, String id) {
    return family.ask(supervisor, new StartChild<>(family.child(id)));
  }

  private static ChildTermination terminate(
      Family family, ProcessRef<Supervisor.Message> supervisor, String id) {
    return family.ask(supervisor, new TerminateChild(id));
  }

  private static ChildRestart restart(
      Family family, ProcessRef<Supervisor.Message> supervisor, String id) {
    return family.ask(supervisor, new RestartChild(id));
  }

  private static ChildDeletion delete(
      Family family, ProcessRef<Supervisor.Message> supervisor, String id) {
    return family.ask(supervisor, new DeleteChild(id));
  }

  private static ChildCounts counts(Family family, ProcessRef<Supervisor.Message> supervisor) {
    return family.ask(supervisor, new CountChildren());
  }
}
