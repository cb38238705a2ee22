package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import org.junit.jupiter.api.Test;

class ShutdownOrderTest {

  /// SUP-2, CALL-7: told to end by its parent or its node, it stops its children in reverse.
  @Test
  void childrenStopInReverse() {
    explore(family -> {
      var supervisor =
          family.start(
              SupervisorSpec.oneForOne(family.child("a"), family.child("b"), family.child("c")));
      family.expect("a up", "b up", "c up");
      family.world.node().exit(supervisor, ExitReason.shutdown());
      family.expect("c down", "b down", "a down");
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
    });
  }

  /// CALL-7: it ends with the reason that it was given, once they have stopped.
  @Test
  void theSupervisorEndsLastWithTheReasonItWasGiven() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      family.expect("a up");
      family.world.node().exit(supervisor, new ExitReason.Custom("maintenance"));
      assertThat(family.reasonOf(supervisor)).isEqualTo(new ExitReason.Custom("maintenance"));
      family.expect("a down");
    });
  }

  /// SUP-2: a node that is closed stops its supervisors in order.
  @Test
  void closingTheNodeStopsThem() {
    explore(family -> {
      family.start(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      family.expect("a up", "b up");
      family.world.node().close();
      assertThat(family.world.node().processCount()).isZero();
    });
  }

  /// CALL-7: anybody else who wants it to end is ignored.
  @Test
  void aStrangersExitIsIgnored() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      var stranger = family.world.node().spawn(family.process("stranger"));
      family.expect("a up", "stranger up");
      stranger.send(self -> self.exit(supervisor, new ExitReason.Custom("foo")));
      family.expectPeace();
      assertThat(family.isAlive(supervisor)).isTrue();
    });
  }

  /// Ours: also if it is a child, which OTP would take for dead and start a second time.
  @Test
  void aChildsExitIsNotTakenForItsEnd() {
    explore(family -> {
      var supervisor = family.start(SupervisorSpec.oneForOne(family.child("a")));
      family.expect("a up");
      family.tell("a", self -> self.exit(supervisor, new ExitReason.Custom("foo")));
      family.expectPeace();
      family.tell("a", CRASH);
      family.expect("a down", "a up");
    });
  }

  /// SUP-8: while one child takes its time, those before it are not touched.
  @Test
  void oneAtATime() {
    explore(family -> {
      var supervisor =
          family.start(SupervisorSpec.oneForOne(family.child("a"), family.stubborn("b")));
      family.expect("a up", "b up");
      family.world.node().exit(supervisor, ExitReason.shutdown());
      family.probe.expectNothingFor(Family.SECOND.multipliedBy(4));
      family.expect("a down");
    });
  }

  /// SUP-2: whoever starts it linked is its parent, and ends it by ending.
  @Test
  void endsWithItsParent() {
    explore(family -> {
      ProcessSpec<Supervisor.Message> spec =
          Supervisor.spec(SupervisorSpec.oneForOne(family.child("a"), family.child("b")));
      Server<Family.Order> parent =
          new Server<>() {
            @Override
            public void started(Self<Family.Order> self) {
              self.spawnLinked(spec);
            }

            @Override
            public void handle(Self<Family.Order> self, Family.Order order) throws Exception {
              order.obey(self);
            }
          };
      ProcessRef<Family.Order> started =
          family.world.node().spawn(Family.Order.class, () -> parent);
      family.expect("a up", "b up");
      started.send(CRASH);
      family.expect("b down", "a down");
    });
  }
}
