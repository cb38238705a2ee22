package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.MINUTE;
import static dev.kith.supervision.Family.SECOND;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessEvent;
import dev.kith.process.ProcessRef;
import dev.kith.supervision.Supervisor.RestartChild;
import dev.kith.supervision.Supervisor.StartChild;
import dev.kith.supervision.Supervisor.TerminateChild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a supervisor says that it decided about a child that did not end well, which is the end of
/// each crash report. An end as planned needs no words.
class DecisionTest {
  private static final Duration SHUTDOWN = SECOND.multipliedBy(5);

  /// What is decided from now on, in words.
  private static List<String> decisions(Family family) {
    List<String> said = new ArrayList<>();
    family
        .world
        .node()
        .events()
        .add(ProcessEvent.Decided.class, decided -> said.add(decided.decision()));
    return said;
  }

  @Test
  void ofACrash() {
    explore(family -> {
      List<String> said = decisions(family);
      family.start(SupervisorSpec.oneForOne(family.child("a"), family.temporaryChild("b")));
      family.tell("a", CRASH);
      family.world.run();
      family.tell("b", CRASH);
      family.world.run();
      family.tell("a", CRASH);
      family.world.run();
      assertThat(said)
          .containsExactly(
              "restart", "not restarted (temporary)", "give up, more than 1 restart in 5s");
    });
  }

  @Test
  void ofACrashThatConcernsOthers() {
    explore(family -> {
      List<String> said = decisions(family);
      family.start(SupervisorSpec.oneForAll(family.child("a"), family.stubborn("b")));
      family.tell("a", CRASH);
      family.world.advance(SHUTDOWN);
      assertThat(said).containsExactly("restart", "stopped to restart with others");
    });
  }

  @Test
  void ofACrashThatIsWaitedFor() {
    explore(family -> {
      List<String> said = decisions(family);
      family.start(
          SupervisorSpec.oneForOne(family.child("a"))
              .withBackoff(RestartBackoff.exponential(SECOND, MINUTE)));
      family.tell("a", CRASH);
      family.world.run();
      assertThat(said).containsExactly("restart after a while");
    });
  }

  @Test
  void ofAChildThatDoesNotComeUp() {
    explore(family -> {
      List<String> said = decisions(family);
      var supervisor = family.start(SupervisorSpec.oneForOne(family.transientChild("a")));
      family.failNext("b", 1);
      family.ask(supervisor, new StartChild<>(family.child("b")));
      family.tell("a", END);
      family.world.run();
      family.failNext("a", 1);
      family.ask(supervisor, new RestartChild("a"));
      assertThat(said)
          .containsExactly("forgotten, it was not started", "left stopped, it was not started");
    });
  }

  @Test
  void ofASupervisorThatDoesNotComeUp() {
    explore(family -> {
      List<String> said = decisions(family);
      family.failNext("b", 1);
      family.tryStart(SupervisorSpec.oneForOne(family.stubborn("a"), family.child("b")));
      family.world.advance(SHUTDOWN);
      assertThat(said).hasSize(2);
      assertThat(said.getFirst()).startsWith("give up, failed to start child b: ");
      assertThat(said.getLast()).isEqualTo("stopped with its supervisor");
    });
  }

  @Test
  void ofAnOrder() {
    explore(family -> {
      List<String> said = decisions(family);
      var supervisor =
          family.start(SupervisorSpec.oneForOne(family.stubborn("a"), family.stubborn("b")));
      family.ask(supervisor, new TerminateChild("a"));
      family.world.node().exit(supervisor, ExitReason.shutdown());
      family.world.advance(SHUTDOWN);
      assertThat(said).containsExactly("stopped by request", "stopped with its supervisor");
    });
  }

  /// A dynamic supervisor says the same.
  @Test
  void ofDynamicChildren() {
    explore(family -> {
      List<String> said = decisions(family);
      var supervisor =
          family
              .world
              .node()
              .spawn(DynamicSupervisor.spec(DynamicSupervisorSpec.of(Restart.TRANSIENT)));
      start(family, supervisor, "a");
      family.failNext("c", 1);
      start(family, supervisor, "c");
      family.tell("a", CRASH);
      family.world.run();
      family.tell("a", CRASH);
      family.world.run();
      assertThat(said)
          .containsExactly(
              "forgotten, it was not started", "restart", "give up, more than 1 restart in 5s");
    });
  }

  private static void start(
      Family family, ProcessRef<DynamicSupervisor.Message> supervisor, String id) {
    family.ask(
        supervisor,
        new DynamicSupervisor.StartProcess<>(family.process(id).named(Family.nameOf(id))));
  }

  @Test
  void theIntensityReadsWell() {
    assertThat(RestartIntensity.of(1, SECOND)).hasToString("1 restart in 1s");
    assertThat(RestartIntensity.of(3, Duration.ofMinutes(90))).hasToString("3 restarts in 1h30m");
  }
}
