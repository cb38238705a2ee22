package dev.kith.supervision;

import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTimeoutTest {
  private static final Duration TIME = Duration.ofMillis(200);

  /// SUP-8: whoever does not end in time is killed, no earlier and no later.
  @Test
  void aChildThatDoesNotEndInTimeIsKilled() {
    explore(family -> {
      List<ProcessEvent.Ended> ends = endsOf(family);
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(family.stubborn("a").withShutdown(Shutdown.within(TIME))));
      var child = family.ref("a").pid();
      Duration before = family.world.now();
      ChildTermination result = family.ask(supervisor, new Supervisor.TerminateChild("a"));
      assertThat(result).isEqualTo(ChildTermination.TERMINATED);
      assertThat(family.world.now().minus(before)).isEqualTo(TIME);
      assertThat(ends).containsExactly(new ProcessEvent.Ended(child, ExitReason.killed()));
    });
  }

  /// SUP-8.
  @Test
  void aChildThatEndsInTimeIsNot() {
    explore(family -> {
      List<ProcessEvent.Ended> ends = endsOf(family);
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      var child = family.ref("a").pid();
      Duration before = family.world.now();
      family.ask(supervisor, new Supervisor.TerminateChild("a"));
      assertThat(family.world.now()).isEqualTo(before);
      family.world.advance(Family.MINUTE);
      assertThat(ends).containsExactly(new ProcessEvent.Ended(child, ExitReason.shutdown()));
    });
  }

  /// SUP-8: brutal kill.
  @Test
  void killAsksForNothing() {
    explore(family -> {
      var supervisor =
          family.start(SupervisorSpec.oneForOne(family.child("a").withShutdown(Shutdown.kill())));
      family.expect("a up");
      family.ask(supervisor, new Supervisor.TerminateChild("a"));
      family.expectPeace();
    });
  }

  /// SUP-8: infinity.
  @Test
  void unhurriedWaitsForAsLongAsItTakes() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(
                  family.child("a"), family.stubborn("b").withShutdown(Shutdown.unhurried())));
      family.expect("a up", "b up");
      family.world.node().exit(supervisor, ExitReason.shutdown());
      family.probe.expectNothingFor(Duration.ofDays(1));
      family.tell("b", Family.END);
      family.expect("b down", "a down");
    });
  }

  /// SUP-8: a naughty child that has unlinked itself is stopped like any other.
  @Test
  void aChildThatUnlinkedItselfDoesNotHangTheSupervisor() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      family.expect("a up", "b up");
      family.tell("b", self -> self.unlink(supervisor));
      family.world.run();
      family.world.node().exit(supervisor, ExitReason.shutdown());
      family.expect("b down", "a down");
      assertThat(family.isAlive(supervisor)).isFalse();
    });
  }

  /// SUP-8: also one that has ended after it had unlinked itself, and that nobody heard of.
  @Test
  void aChildThatEndedUnheardDoesNotHangTheSupervisor() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      family.expect("a up");
      family.tell("a", self -> self.unlink(supervisor));
      family.world.run();
      family.tell("a", Family.END);
      family.expect("a down");
      family.expectPeace();
      ChildTermination result = family.ask(supervisor, new Supervisor.TerminateChild("a"));
      assertThat(result).isEqualTo(ChildTermination.TERMINATED);
    });
  }

  private static List<ProcessEvent.Ended> endsOf(Family family) {
    List<ProcessEvent.Ended> ends = new ArrayList<>();
    family.world.node().events().add(ProcessEvent.Ended.class, ends::add);
    return ends;
  }
}
