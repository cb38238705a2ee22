package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransientRestartTest {

  /// SUP-4.
  @Test
  void isRestartedAfterCrash() {
    explore(family -> {
      family.start(SupervisorSpec.oneForOne(family.transientChild("a")));
      family.expect("a up");
      family.tell("a", CRASH);
      family.expect("a down", "a up");
      family.expectPeace();
    });
  }

  /// SUP-4: killed is not an end as planned.
  @Test
  void isRestartedAfterKill() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.transientChild("a")));
      family.expect("a up");
      family.kill("a");
      family.expect("a up");
      family.expectPeace();
      List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
      assertThat(children).singleElement().extracting(ChildReport::crashes).isEqualTo(1);
    });
  }

  /// SUP-4.
  @Test
  void isNotRestartedAfterNormalExit() {
    explore(family -> isNotRestartedAfter(family, ExitReason.normal()));
  }

  /// SUP-4.
  @Test
  void isNotRestartedAfterShutdown() {
    explore(family -> isNotRestartedAfter(family, ExitReason.shutdown()));
  }

  /// SUP-4: nor if the shutdown says why.
  @Test
  void isNotRestartedAfterShutdownWithADetail() {
    explore(family -> isNotRestartedAfter(family, new ExitReason.Shutdown("done for today")));
  }

  private static void isNotRestartedAfter(Family family, ExitReason reason) {
    var supervisor = family.start(SupervisorSpec.oneForOne(family.transientChild("a")));
    family.expect("a up");
    family.tell("a", self -> self.exit(reason));
    family.expect("a down");
    family.expectPeace();
    List<ChildReport> children = family.ask(supervisor, new Supervisor.WhichChildren());
    assertThat(children)
        .containsExactly(new ChildReport("a", new ChildReport.Stopped(), ChildType.WORKER, 0));
  }
}
