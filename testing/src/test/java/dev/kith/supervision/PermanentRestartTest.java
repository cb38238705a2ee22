package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ProcessEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermanentRestartTest {

  /// SUP-4.
  @Test
  void isRestartedAfterCrash() {
    explore(family -> {
      family.start(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      family.expect("a up", "b up");
      family.tell("a", CRASH);
      family.expect("a down", "a up");
      family.expectPeace();
    });
  }

  /// SUP-4.
  @Test
  void isRestartedAfterNormalExit() {
    explore(family -> {
      family.start(SupervisorSpec.oneForOne(family.child("a")));
      family.expect("a up");
      family.tell("a", END);
      family.expect("a down", "a up");
      family.expectPeace();
    });
  }

  /// SUP-4.
  @Test
  void isRestartedAfterKill() {
    explore(family -> {
      family.start(SupervisorSpec.oneForOne(family.child("a")));
      family.expect("a up");
      family.kill("a");
      family.expect("a up");
      family.expectPeace();
    });
  }

  /// A2: nobody polls, so a restart takes no time at all.
  @Test
  void isRestartedInTheMomentOfTheCrash() {
    explore(family -> {
      family.start(SupervisorSpec.oneForOne(family.child("a")));
      family.world.advance(Duration.ofMillis(12_345));
      Duration before = family.world.now();
      family.tell("a", CRASH);
      family.expect("a up", "a down", "a up");
      assertThat(family.world.now()).isEqualTo(before);
    });
  }

  /// The crash report names the supervisor and what it decided.
  @Test
  void theDecisionIsPublished() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      List<ProcessEvent.Decided> decisions = new ArrayList<>();
      family.world.node().events().add(ProcessEvent.Decided.class, decisions::add);
      var child = family.ref("a").pid();
      family.tell("a", CRASH);
      family.expect("a up", "a down", "a up");
      assertThat(decisions)
          .containsExactly(new ProcessEvent.Decided(child, supervisor.toString(), "restart"));
    });
  }
}
