package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import org.junit.jupiter.api.Test;

class NestedSupervisorsTest {
  private static final Name<Supervisor.Message> INNER = Name.of("inner", Supervisor.Message.class);

  /// SUP-1, SUP-2: depth first up, and in reverse down.
  @Test
  void aTreeStartsInOrderAndStopsInReverse() {
    explore(family -> {
      var top = family.start(tree(family));
      family.expect("a up", "b up", "c up", "d up");
      family.world.node().exit(top, ExitReason.shutdown());
      family.expect("d down", "c down", "b down", "a down");
    });
  }

  /// SUP-6: an inner supervisor that gives up is restarted with all its children.
  @Test
  void whoGivesUpIsRestartedByItsSupervisor() {
    explore(family -> {
      family.start(tree(family));
      family.expect("a up", "b up", "c up", "d up");
      family.tell("b", CRASH);
      family.expect("b down", "b up");
      family.tell("c", CRASH);
      family.expect("c down", "b down", "b up", "c up");
      family.expectPeace();
    });
  }

  /// SUP-4: giving up is a shutdown, so a transient supervisor that gives up stays down.
  @Test
  void aTransientSupervisorThatGivesUpStaysDown() {
    explore(family -> {
      var inner = SupervisorSpec.oneForOne(family.child("b"));
      family.start(
          SupervisorSpec.oneForOne(
              family.child("a"),
              ChildSpec.supervisor("inner", inner).withRestart(Restart.TRANSIENT)));
      family.tell("b", CRASH);
      family.expect("a up", "b up", "b down", "b up");
      family.tell("b", CRASH);
      family.expect("b down");
      family.expectPeace();
    });
  }

  /// SUP-13: over two levels of one restart each a child is started four times.
  @Test
  void restartsMultiply() {
    explore(family -> {
      var top =
          family.start(
              SupervisorSpec.oneForOne(
                  ChildSpec.supervisor("inner", SupervisorSpec.oneForOne(family.child("a")))));
      for (int i = 0; i < 4; i++) {
        family.expect("a up");
        family.tell("a", CRASH);
        family.expect("a down");
      }
      family.expectPeace();
      assertThat(family.isAlive(top)).isFalse();
    });
  }

  /// A supervisor that is killed takes its children with it, through their links, and comes back.
  @Test
  void aKilledSupervisorIsRestartedWithItsChildren() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForOne(
              ChildSpec.supervisor(
                  INNER,
                  SupervisorSpec.oneForOne(
                      ChildSpec.permanent("a", family.process("a")),
                      ChildSpec.permanent("b", family.process("b"))))));
      family.expect("a up", "b up");
      var inner = family.world.node().whereis(INNER).orElseThrow();
      family.world.node().exit(inner, ExitReason.kill());
      family.world.run();
      assertThat(family.probe.drain())
          .containsExactlyInAnyOrder("a down", "b down", "a up", "b up");
      assertThat(family.world.node().processCount()).isEqualTo(5);
    });
  }

  /// SUP-1 on a restart: an inner supervisor that cannot start again counts as a failed attempt.
  @Test
  void anInnerSupervisorThatCannotStartIsTriedAgain() {
    explore(family -> {
      family.start(
          SupervisorSpec.oneForOne(
                  ChildSpec.supervisor(
                      "inner",
                      SupervisorSpec.oneForOne(family.child("a"), family.child("b"))
                          .withIntensity(RestartIntensity.of(0, Family.SECOND))))
              .withIntensity(RestartIntensity.of(2, Family.SECOND)));
      family.expect("a up", "b up");
      family.failNext("b", 1);
      family.tell("a", CRASH);
      family.expect("a down", "b down", "a up", "b fails", "a down", "a up", "b up");
      family.expectPeace();
    });
  }

  /// A dynamic supervisor is a child like any other.
  @Test
  void aDynamicSupervisorStopsWithItsChildren() {
    explore(family -> {
      Name<DynamicSupervisor.Message> rooms = Name.of("rooms", DynamicSupervisor.Message.class);
      var spec = DynamicSupervisorSpec.of(Restart.TEMPORARY);
      var top =
          family.start(
              SupervisorSpec.oneForOne(
                  family.child("a"), ChildSpec.dynamicSupervisor(rooms, spec)));
      var dynamic = family.world.node().whereis(rooms).orElseThrow();
      family.ask(dynamic, new DynamicSupervisor.StartProcess<>(family.process("r")));
      family.expect("a up", "r up");
      family.world.node().exit(top, ExitReason.shutdown());
      family.expect("r down", "a down");
    });
  }

  private static SupervisorSpec tree(Family family) {
    return SupervisorSpec.oneForOne(
        family.child("a"),
        ChildSpec.supervisor(
            "inner", SupervisorSpec.oneForOne(family.child("b"), family.child("c"))),
        family.child("d"));
  }
}
