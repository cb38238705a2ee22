package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.Pid;
import dev.kith.process.ProcessEvent;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.Exploration;
import dev.kith.testing.LogLines;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The one report of a crash, with what a supervisor decided about it.
class CrashReportTest {
  private static final int SCHEDULES = 50;
  private static final ExitReason BOOM = new ExitReason.Custom("boom");

  @Test
  void saysWhatTheSupervisorDecided() {
    explore((world, node, log) -> {
      ProcessSpec<String> crashing =
          ProcessSpec.server(String.class, () -> (self, message) -> self.exit(BOOM));
      var child = ChildSpec.temporary("child", crashing);
      var supervisor = node.spawn(Supervisor.spec(SupervisorSpec.oneForOne(child)));
      world.run();
      var children =
          node.<List<ChildReport>, Supervisor.WhichChildren>call(
              supervisor, new Supervisor.WhichChildren(), Duration.ofSeconds(1));
      tell(node, children.getFirst());
      world.advance(Duration.ofSeconds(1));
      assertThat(log.all()).hasSize(1);
      assertThat(log.all().getFirst())
          .contains(
              "ended: boom",
              "started by " + supervisor,
              supervisor + ": not restarted (temporary)");
    });
  }

  @SuppressWarnings("unchecked") // it takes strings
  private static void tell(Node node, ChildReport child) {
    Pid pid = ((ChildReport.Running) child.status()).child();
    ((ProcessRef<String>) node.find(pid)).send("crash");
  }

  /// On several cores a supervisor may decide before the node has published the crash.
  @Test
  void saysItAlsoIfTheDecisionCameFirst() {
    explore((world, node, log) -> {
      Pid pid = new Pid(node.name(), 99, node.incarnation());
      node.events().publish(new ProcessEvent.Decided(pid, "supervisor", "restart"));
      node.events()
          .publish(
              new ProcessEvent.Crashed(
                  pid, Optional.empty(), List.of("supervisor"), BOOM, Optional.empty()));
      world.run();
      assertThat(log.all())
          .containsExactly(
              "process " + pid + " ended: boom; started by supervisor; supervisor: restart");
    });
  }

  @Test
  void doesNotWaitLongForADecision() {
    explore((world, node, log) -> {
      Pid pid = new Pid(node.name(), 99, node.incarnation());
      node.events()
          .publish(
              new ProcessEvent.Crashed(
                  pid, Optional.empty(), List.of("nobody"), BOOM, Optional.empty()));
      world.run();
      assertThat(log.all()).isEmpty();
      world.advance(Duration.ofSeconds(1));
      assertThat(log.all()).containsExactly("process " + pid + " ended: boom; started by nobody");
    });
  }

  private interface Story {
    void play(World world, Node node, LogLines log);
  }

  private static void explore(Story story) {
    Exploration.explore(
        SCHEDULES,
        world -> {
          NodeSpec spec = NodeSpec.of(NodeName.of("logged")).withEnvironment(world.environment());
          try (LogLines log = new LogLines("dev.kith.process");
              Node node = Node.start(spec)) {
            world.run();
            story.play(world, node, log);
          }
        });
  }
}
