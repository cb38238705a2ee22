package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testing.Exploration;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What an exit of its parent does to a process that traps exits.
class ParentExitTest {
  private static final int SCHEDULES = 50;
  private static final ExitReason FOO = new ExitReason.Custom("foo");

  /// Tells the probe what it was sent, and tells the parent's exit from others'.
  private record Trapper(ProcessRef<String> probe) implements Server<String> {
    @Override
    public void started(Self<String> self) {
      self.trapExits(exit -> "other: " + exit.reason());
      self.trapParentExit(exit -> "parent: " + exit.reason());
    }

    @Override
    public void handle(Self<String> self, String message) {
      probe.send(message);
    }
  }

  /// CALL-7: the parent's exit is a message of its own kind, others' are not taken for it.
  @Test
  void isToldApartFromOthers() {
    Exploration.explore(
        SCHEDULES,
        world -> {
          Probe<String> probe = world.probe(String.class);
          AtomicReference<ProcessRef<String>> child = new AtomicReference<>();
          ProcessRef<String> parent = parentOf(world, probe, child);
          world.run();
          world.node().exit(child.get(), FOO);
          probe.expect("other: foo");
          world.node().exit(parent, ExitReason.shutdown());
          probe.expect("parent: shutdown");
          assertThat(world.node().isAlive(child.get())).isTrue();
        });
  }

  /// Ours: to a process that no process started, the world outside is the parent.
  @Test
  void ofAProcessThatNobodyStartedComesFromOutside() {
    Exploration.explore(
        SCHEDULES,
        world -> {
          Probe<String> probe = world.probe(String.class);
          ProcessRef<String> top = world.node().spawn(String.class, () -> new Trapper(probe.ref()));
          world.run();
          world.node().exit(top, ExitReason.normal());
          probe.expect("parent: normal");
        });
  }

  private static ProcessRef<String> parentOf(
      World world, Probe<String> probe, AtomicReference<ProcessRef<String>> child) {
    Server<String> parent =
        new Server<>() {
          @Override
          public void started(Self<String> self) {
            child.set(
                self.spawnLinked(ProcessSpec.server(String.class, () -> new Trapper(probe.ref()))));
          }

          @Override
          public void handle(Self<String> self, String message) {}
        };
    return world.node().spawn(String.class, () -> parent);
  }
}
