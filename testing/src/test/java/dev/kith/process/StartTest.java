package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Name<Object> NAME = Name.of("name", Object.class);

  /// A server that does something in `started`.
  private static ProcessSpec<Object> starting(Puppet.Act started) {
    return ProcessSpec.server(
        Object.class,
        () ->
            new Server<>() {
              @Override
              public void started(Self<Object> self) throws Exception {
                started.perform(self);
              }

              @Override
              public void handle(Self<Object> self, Object message) throws Exception {
                ((Puppet.Act) message).perform(self);
              }
            });
  }

  /// CALL-5: `start` returns only after `started` has.
  @Test
  void returnsWhenTheProcessIsUp() {
    explore(stage -> {
      boolean[] up = {false};
      var result = stage.node.start(starting(_ -> up[0] = true), SECOND);
      assertThat(up[0]).isTrue();
      assertThat(result).isInstanceOf(StartResult.Started.class);
    });
  }

  /// CALL-5: the failure of `started`, or of the constructor, is the failure of the start.
  @Test
  void failsWithTheProcess() {
    explore(stage -> {
      IllegalStateException thrown = new IllegalStateException("in the constructor");
      ProcessSpec<Object> unmade =
          ProcessSpec.server(
              Object.class,
              () -> {
                throw thrown;
              });
      assertThat(stage.node.start(starting(self -> self.exit(BOOM)), SECOND))
          .isEqualTo(new StartResult.Failed<>(BOOM));
      assertThat(stage.node.start(unmade, SECOND))
          .isEqualTo(new StartResult.Failed<>(new ExitReason.Crashed(thrown)));
      assertThat(stage.world.now()).isZero();
    });
  }

  /// CALL-5: a process that chooses not to run.
  @Test
  void isIgnoredIfTheProcessSaysSo() {
    explore(stage -> {
      assertThat(stage.node.start(starting(Self::ignoreStart), SECOND))
          .isEqualTo(new StartResult.Ignored<>());
      stage.run();
      assertThat(stage.node.processCount()).isZero();
    });
  }

  /// A process can say itself when it is up.
  @Test
  void canBePutOff() {
    explore(stage -> {
      var result =
          stage.node.start(
              starting(self -> {
                self.deferReady();
                self.sendAfter(Duration.ofMillis(500), (Puppet.Act) Self::ready);
              }),
              SECOND);
      assertThat(result).isInstanceOf(StartResult.Started.class);
      assertThat(stage.world.now()).isEqualTo(Duration.ofMillis(500));
    });
  }

  /// What was put off can still fail.
  @Test
  void thatWasPutOffFailsWithTheProcess() {
    explore(stage -> {
      ProcessSpec<Object> spec =
          starting(self -> {
            self.deferReady();
            self.send(self.ref(), (Puppet.Act) me -> me.exit(BOOM));
          });
      assertThat(stage.node.start(spec, SECOND)).isEqualTo(new StartResult.Failed<>(BOOM));
    });
  }

  /// What was put off can still be ignored, but nothing that is up.
  @Test
  void thatWasPutOffCanStillBeIgnored() {
    explore(stage -> {
      ProcessSpec<Object> spec =
          starting(self -> {
            self.deferReady();
            self.send(self.ref(), (Puppet.Act) Self::ignoreStart);
          });
      assertThat(stage.node.start(spec, SECOND)).isEqualTo(new StartResult.Ignored<>());
      Puppet up = stage.puppet();
      up.does(
          self -> assertThatThrownBy(self::ignoreStart).isInstanceOf(IllegalStateException.class));
      up.does(
          self -> assertThatThrownBy(self::deferReady).isInstanceOf(IllegalStateException.class));
      stage.run();
      stage.assertAlive(up);
    });
  }

  /// A start that takes too long fails, and leaves no process behind (as OTP's `start` with a
  /// timeout).
  @Test
  void thatTakesTooLongLeavesNothingBehind() {
    explore(stage -> {
      ProcessSpec<Object> never = starting(Self::deferReady).named(NAME);
      assertThat(stage.node.start(never, SECOND))
          .isEqualTo(new StartResult.Failed<>(ExitReason.timeout()));
      stage.run();
      assertThat(stage.node.processCount()).isZero();
      assertThat(stage.node.whereis(NAME)).isEmpty();
    });
  }

  /// From a process: the result is one of its messages, and the child is linked.
  @Test
  void fromAProcessIsToldAsAMessage() {
    explore(stage -> {
      Puppet parent = stage.puppet();
      parent.does(self -> self.start(starting(_ -> {}), result -> result));
      stage.run();
      assertThat(parent.heard).singleElement().isInstanceOf(StartResult.Started.class);
      Pid child = ((StartResult.Started<?>) parent.heard.getFirst()).process().pid();
      assertThat(stage.node.inspect(parent.ref(), SECOND).orElseThrow().links())
          .containsExactly(child);
      parent.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(stage.node.processCount()).isZero();
    });
  }

  /// A child that fails to start is told of once, not through its link as well.
  @Test
  void fromAProcessThatFailsIsNotToldThroughTheLink() {
    explore(stage -> {
      Puppet parent = stage.puppet();
      Puppet trapping = stage.puppet().trapping();
      for (Puppet puppet : List.of(parent, trapping)) {
        puppet.does(self -> self.start(starting(child -> child.exit(BOOM)), result -> result));
        puppet.does(self -> self.start(starting(Self::ignoreStart), result -> result));
      }
      stage.run();
      stage.assertAlive(parent);
      for (Puppet puppet : List.of(parent, trapping)) {
        assertThat(puppet.heard)
            .containsExactlyInAnyOrder(new StartResult.Failed<>(BOOM), new StartResult.Ignored<>());
        assertThat(stage.node.inspect(puppet.ref(), SECOND).orElseThrow().links()).isEmpty();
      }
    });
  }

  /// From a process: a taken name.
  @Test
  void fromAProcessTellsWhoHoldsTheName() {
    explore(stage -> {
      ProcessRef<Object> holder = stage.node.spawn(starting(_ -> {}).named(NAME));
      Puppet parent = stage.puppet();
      parent.does(self -> self.start(starting(_ -> {}).named(NAME), result -> result));
      stage.run();
      assertThat(parent.heard).containsExactly(new StartResult.AlreadyStarted<>(holder.pid()));
      assertThat(stage.node.inspect(parent.ref(), SECOND).orElseThrow().links()).isEmpty();
    });
  }

  /// JVM-4: what was done before a start is seen by it, what `started` did is seen after it.
  @Test
  void comesBeforeTheFirstMessage() {
    explore(stage -> {
      List<String> order = new ArrayList<>();
      ProcessRef<Object> process = stage.node.spawn(starting(_ -> order.add("started")));
      process.send((Puppet.Act) _ -> order.add("message"));
      stage.run();
      assertThat(order).containsExactly("started", "message");
    });
  }

  /// Nothing can be started on a node that is closed.
  @Test
  void onAClosedNodeFails() {
    Stage.play(stage -> {
      Node other =
          Node.start(
              NodeSpec.of(NodeName.of("other"))
                  .withEnvironment(stage.world.environment())
                  .withCrashReports(NodeSpec.CrashReports.SILENT));
      other.close();
      assertThat(other.start(starting(_ -> {}), SECOND))
          .isEqualTo(new StartResult.Failed<>(ExitReason.shutdown()));
      assertThatThrownBy(() -> other.spawn(starting(_ -> {}))).isInstanceOf(ExitException.class);
    });
  }
}
