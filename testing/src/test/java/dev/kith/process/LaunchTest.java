package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testing.Exploration;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A start that is not waited for, and what its starter hears of it.
class LaunchTest {
  private static final int SCHEDULES = 50;
  private static final ExitReason FOO = new ExitReason.Custom("foo");

  /// SPN-3: on failure no exit comes through the link.
  @Test
  void thatFailsIsToldOnce() {
    Exploration.explore(
        SCHEDULES,
        world -> {
          Probe<String> probe = starting(world, self -> self.exit(FOO), launch -> {});
          probe.expect("failed: foo");
          probe.expectNothingFor(Duration.ofSeconds(60));
        });
  }

  /// SPN-3: nor when the process chose not to run.
  @Test
  void thatIsIgnoredIsToldOnce() {
    Exploration.explore(
        SCHEDULES,
        world -> {
          Probe<String> probe = starting(world, Self::ignoreStart, launch -> {});
          probe.expect("ignored");
          probe.expectNothingFor(Duration.ofSeconds(60));
        });
  }

  /// SPN-3: success comes before anything else of the new process.
  @Test
  void thatSucceedsIsToldBeforeTheProcessEnds() {
    Exploration.explore(
        SCHEDULES,
        world -> {
          Probe<String> probe = starting(world, self -> self.send(self.ref(), "end"), launch -> {});
          probe.expect("up", "exit: foo");
        });
  }

  @Test
  void canBeStoppedBeforeTheProcessIsUp() {
    Exploration.explore(
        SCHEDULES,
        world -> {
          Probe<String> probe =
              starting(
                  world,
                  Self::deferReady,
                  launch -> world.node().exit(launch.process().orElseThrow(), FOO));
          probe.expect("failed: foo");
          assertThat(world.node().processCount()).isEqualTo(2);
        });
  }

  /// A process that starts another, does something with the launch, and tells a probe what it
  /// hears.
  private static Probe<String> starting(
      World world, Consumer<Self<String>> started, Consumer<Launch<String>> launched) {
    Probe<String> probe = world.probe(String.class);
    Server<String> child =
        new Server<>() {
          @Override
          public void started(Self<String> self) {
            started.accept(self);
          }

          @Override
          public void handle(Self<String> self, String message) {
            self.exit(FOO);
          }
        };
    Server<String> starter =
        new Server<>() {
          @Override
          public void started(Self<String> self) {
            self.trapExits(exit -> "exit: " + exit.reason());
            launched.accept(
                self.start(ProcessSpec.server(String.class, () -> child), LaunchTest::told));
          }

          @Override
          public void handle(Self<String> self, String message) {
            probe.ref().send(message);
          }
        };
    world.node().spawn(String.class, () -> starter);
    return probe;
  }

  private static String told(StartResult<String> result) {
    return switch (result) {
      case StartResult.Started<String>(ProcessRef<String> _) -> "up";
      case StartResult.Failed<String>(ExitReason reason) -> "failed: " + reason;
      case StartResult.Ignored<String>() -> "ignored";
      case StartResult.AlreadyStarted<String>(Pid _) -> "already started";
    };
  }
}
