package dev.kith.process;

import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be done to any process without its code's doing: suspend, resume, look, trace.
class SystemMessageTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Both kinds of code: each keeps what it is sent, the body what begins with "a" first.
  enum Kind {
    SERVER {
      @Override
      ProcessSpec<String> spec(List<String> heard) {
        return ProcessSpec.server(String.class, () -> (_, message) -> heard.add(message));
      }
    },
    BODY {
      @Override
      ProcessSpec<String> spec(List<String> heard) {
        return ProcessSpec.body(
            String.class,
            (_, inbox) -> {
              while (true) {
                heard.add(inbox.receive());
              }
            });
      }
    },
    SELECTIVE_BODY {
      @Override
      ProcessSpec<String> spec(List<String> heard) {
        return ProcessSpec.body(
            String.class,
            (_, inbox) -> {
              while (true) {
                inbox
                    .receive(SECOND, message -> Optional.of(message).filter(m -> m.startsWith("a")))
                    .or(() -> inbox.receive(SECOND))
                    .ifPresent(heard::add);
              }
            });
      }
    };

    abstract ProcessSpec<String> spec(List<String> heard);
  }

  private static ProcessRef<String> start(World world, Kind kind, List<String> heard) {
    return world.node().spawn(kind.spec(heard));
  }

  @ParameterizedTest
  @EnumSource
  void aSuspendedProcessHandlesNothingUntilItIsResumed(Kind kind) {
    explore(
        100,
        world -> {
          List<String> heard = new ArrayList<>();
          ProcessRef<String> process = start(world, kind, heard);
          process.send("a1");
          world.advance(SECOND);
          world.node().suspend(process);
          process.send("a2");
          process.send("a3");
          world.advance(SECOND.multipliedBy(10));
          assertThat(heard).containsExactly("a1");
          assertThat(world.node().inspect(process, SECOND).orElseThrow().snapshot().mailbox())
              .isEqualTo(2);
          world.node().resume(process);
          world.advance(SECOND.multipliedBy(10));
          assertThat(heard).containsExactly("a1", "a2", "a3");
        });
  }

  /// What a body has passed over stays where it is while it is suspended.
  @ParameterizedTest
  @EnumSource
  void aProcessCanBeSuspendedAtAnyMoment(Kind kind) {
    explore(
        200,
        world -> {
          List<String> heard = new ArrayList<>();
          ProcessRef<String> process = start(world, kind, heard);
          for (int i = 0; i < 6; i++) {
            process.send((world.below(2) == 0 ? "a" : "b") + i);
            if (world.below(2) == 0) {
              world.node().suspend(process);
              world.run();
              int before = heard.size();
              world.advance(SECOND.multipliedBy(3));
              assertThat(heard).hasSize(before);
              world.node().resume(process);
            }
          }
          world.advance(SECOND.multipliedBy(10));
          assertThat(heard).hasSize(6).doesNotHaveDuplicates();
        });
  }

  /// A kill and an exit end a suspended process as any other.
  @ParameterizedTest
  @EnumSource
  void aSuspendedProcessCanEnd(Kind kind) {
    explore(
        50,
        world -> {
          ProcessRef<String> process = start(world, kind, new ArrayList<>());
          world.node().suspend(process);
          process.send("never handled");
          world.run();
          world
              .node()
              .exit(process, world.below(2) == 0 ? ExitReason.kill() : ExitReason.shutdown());
          world.advance(SECOND);
          assertThat(world.node().isAlive(process)).isFalse();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aTracerIsToldOfEachMessageBeforeItIsHandled(Kind kind) {
    explore(
        50,
        world -> {
          List<String> heard = new ArrayList<>();
          List<String> traced = new ArrayList<>();
          ProcessRef<String> process = start(world, kind, heard);
          process.send("a1");
          world.advance(SECOND);
          Cancel tracing =
              world
                  .node()
                  .trace(process, (pid, message) -> traced.add(message + "/" + heard.size()));
          Cancel faulty =
              world
                  .node()
                  .trace(process, (pid, message) -> Checks.check(false, "a fault of %s", pid));
          process.send("a2");
          process.send("a3");
          world.advance(SECOND.multipliedBy(3));
          assertThat(tracing.cancel()).isTrue();
          assertThat(faulty.cancel()).isTrue();
          process.send("a4");
          world.advance(SECOND.multipliedBy(3));
          assertThat(heard).containsExactly("a1", "a2", "a3", "a4");
          assertThat(traced).containsExactly("a2/1", "a3/2");
        });
  }
}
