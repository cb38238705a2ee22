package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedStartTest {

  /// SUP-1: the supervisor is up when all its children are.
  @Test
  void childrenStartInOrderBeforeTheSupervisorIsUp() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForOne(family.child("a"), family.child("b"), family.child("c")));
      assertThat(family.probe.drain()).containsExactly("a up", "b up", "c up");
    });
  }

  /// SUP-1.
  @Test
  void stopsThoseBeforeInReverseAndFailsTheSupervisor() {
    explore(family -> {
      family.failNext("c", 1);
      StartResult<Supervisor.Message> result =
          family.tryStart(
              SupervisorSpec.oneForOne(
                  family.child("a"), family.child("b"), family.child("c"), family.child("d")));
      assertThat(result)
          .isEqualTo(
              new StartResult.Failed<>(
                  new ExitReason.Shutdown(
                      "failed to start child c: crashed: "
                          + "java.lang.IllegalStateException: cannot start")));
      family.expect("a up", "b up", "c fails", "b down", "a down");
      family.expectPeace();
    });
  }

  /// SUP-1: the reason of a nested supervisor is told upwards.
  @Test
  void ofAGrandchildFailsTheWholeTree() {
    explore(family -> {
      family.failNext("b", 1);
      StartResult<Supervisor.Message> result =
          family.tryStart(
              SupervisorSpec.oneForOne(
                  family.child("a"),
                  ChildSpec.supervisor("inner", SupervisorSpec.oneForOne(family.child("b")))));
      assertThat(result.toString())
          .contains("failed to start child inner: shutdown: failed to start child b");
      family.expect("a up", "b fails", "a down");
    });
  }

  /// SUP-7: requests are served between two attempts, and a child that is terminated then is left
  /// alone.
  @Test
  void whileItIsTriedAgainTheChildCanBeTerminated() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(family.child("a"))
                  .withIntensity(RestartIntensity.of(1_000_000, Family.SECOND)));
      family.failNext("a", 1_000_000);
      family.tell("a", CRASH);
      ChildTermination result = family.ask(supervisor, new Supervisor.TerminateChild("a"));
      assertThat(result).isEqualTo(ChildTermination.TERMINATED);
      family.world.run();
      List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
      assertThat(children)
          .containsExactly(new ChildReport("a", new ChildReport.Stopped(), ChildType.WORKER, 0));
    });
  }

  /// SUP-7: so can the supervisor.
  @Test
  void whileItIsTriedAgainTheSupervisorCanBeStopped() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(family.child("a"), family.child("b"))
                  .withIntensity(RestartIntensity.of(1_000_000, Family.SECOND)));
      family.failNext("b", 1_000_000);
      family.tell("b", CRASH);
      family.world.node().exit(supervisor, ExitReason.shutdown());
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      assertThat(family.probe.drain()).endsWith("a down");
    });
  }

  /// Ours: a child that never comes up does not hold up the end of its supervisor.
  @Test
  void aChildThatHangsInItsStartIsStoppedWithTheSupervisor() {
    explore(family -> {
      ProcessSpec<String> hanging = ProcessSpec.server(String.class, Hanging::new);
      Duration before = family.world.now();
      var spec =
          Supervisor.spec(
              SupervisorSpec.oneForOne(family.child("a"), ChildSpec.permanent("hanging", hanging)));
      var supervisor = family.world.node().spawn(spec);
      family.expect("a up");
      family.expectPeace();
      family.world.node().exit(supervisor, ExitReason.shutdown());
      family.expect("a down");
      assertThat(family.world.now().minus(before)).isEqualTo(Family.MINUTE);
      assertThat(family.isAlive(supervisor)).isFalse();
    });
  }

  /// Says that it is not up yet, and never that it is.
  private static final class Hanging implements Server<String> {
    @Override
    public void started(Self<String> self) {
      self.deferReady();
    }

    @Override
    public void handle(Self<String> self, String message) {}
  }

  /// SUP-11: a child that does not want to run is kept without a process.
  @Test
  void aChildThatIgnoresIsKeptStopped() {
    explore(family -> {
      family.ignore("b");
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
      assertThat(children).extracting(ChildReport::id).containsExactly("a", "b");
      assertThat(children.get(1).status()).isEqualTo(new ChildReport.Stopped());
    });
  }

  /// SUP-11: unless it is temporary.
  @Test
  void aTemporaryChildThatIgnoresIsForgotten() {
    explore(family -> {
      family.ignore("b");
      var supervisor =
          family.start(SupervisorSpec.oneForOne(family.child("a"), family.temporaryChild("b")));
      List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
      assertThat(children).extracting(ChildReport::id).containsExactly("a");
    });
  }
}
