package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A3, JVM-1, JVM-2: code that fails ends its own process, in a fixed order, and nothing else.
class CrashTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// What a handler can do wrong.
  enum Fault {
    EXCEPTION {
      @Override
      void happen(Self<Object> self) throws Exception {
        throw new Exception("checked");
      }
    },
    ERROR {
      @Override
      void happen(Self<Object> self) {
        throw new AssertionError("error");
      }
    },
    LINKAGE {
      @Override
      void happen(Self<Object> self) {
        throw new NoClassDefFoundError("linkage");
      }
    },
    STACK_OVERFLOW {
      @Override
      @SuppressWarnings("InfiniteRecursion") // that is the fault
      void happen(Self<Object> self) {
        happen(self);
      }
    },
    OUT_OF_MEMORY {
      @Override
      void happen(Self<Object> self) {
        long[][] memory = new long[2][];
        for (int i = 0; i < memory.length; i++) {
          memory[i] = new long[Integer.MAX_VALUE]; // more than any array may have
        }
        self.send(self.ref(), memory);
      }
    },
    THREAD_DEATH {
      @Override
      void happen(Self<Object> self) {
        throw new Error("any other error") {};
      }
    };

    abstract void happen(Self<Object> self) throws Exception;
  }

  /// Whatever is thrown ends the process that threw it; who is linked or watches learns of it.
  @ParameterizedTest
  @EnumSource
  void endsItsOwnProcess(Fault fault) {
    explore(
        20,
        stage -> {
          Puppet faulty = stage.puppet();
          Puppet bystander = stage.puppet();
          Puppet watcher = stage.puppet().trapping();
          watcher.does(self -> {
            self.link(faulty.ref());
            self.monitor(faulty.ref(), down -> down);
          });
          stage.run();
          faulty.does(fault::happen);
          bystander.ref().send("go on");
          stage.run();
          assertThat(stage.reasonsOf(faulty.ref()))
              .singleElement()
              .isInstanceOf(ExitReason.Crashed.class);
          ExitReason reason = stage.reasonsOf(faulty.ref()).getFirst();
          assertThat(watcher.heard)
              .containsExactlyInAnyOrder(
                  new Exit(faulty.pid(), reason), new Down(faulty.pid(), reason));
          assertThat(bystander.heard).containsExactly("go on");
          stage.assertAlive(bystander);
        });
  }

  /// The same in a body.
  @ParameterizedTest
  @EnumSource
  void endsItsOwnBody(Fault fault) {
    explore(
        20,
        stage -> {
          ProcessRef<Object> faulty =
              stage.node.spawn(Object.class, (Body<Object>) (self, _) -> fault.happen(self));
          stage.run();
          assertThat(stage.reasonsOf(faulty))
              .singleElement()
              .isInstanceOf(ExitReason.Crashed.class);
        });
  }

  /// A server that notes its end.
  private static ProcessSpec<Object> ending(
      Stage stage, Name<Object> name, List<Object> notes, Puppet.Act terminate) {
    return ProcessSpec.server(
            Object.class,
            () ->
                new Server<>() {
                  @Override
                  public void handle(Self<Object> self, Object message) throws Exception {
                    notes.add("handled");
                    ((Puppet.Act) message).perform(self);
                  }

                  @Override
                  public void terminate(Self<Object> self, ExitReason reason) throws Exception {
                    notes.add("terminate " + reason + " " + stage.node.whereis(name).isPresent());
                    terminate.perform(self);
                  }
                })
        .named(name);
  }

  /// JVM-2: stop receiving, `terminate`, unregister, leave, tell.
  @Test
  void endsInOrder() {
    explore(stage -> {
      Name<Object> name = Name.of("ending", Object.class);
      List<Object> notes = new ArrayList<>();
      ProcessRef<Object> process =
          stage.node.spawn(
              ending(stage, name, notes, self -> self.send(self.ref(), (Puppet.Act) _ -> {})));
      stage.node.attach(
          process, _ -> notes.add("attachment " + stage.node.whereis(name).isPresent()));
      Puppet watcher = stage.puppet();
      watcher.does(self ->
          self.monitor(
              process,
              _ -> {
                notes.add("down " + stage.node.whereis(name).isPresent());
                return "down";
              }));
      stage.run();
      process.send((Puppet.Act) self -> self.exit(BOOM));
      process.send((Puppet.Act) self -> {});
      stage.run();
      assertThat(notes)
          .containsExactly("handled", "terminate boom true", "attachment false", "down false");
      assertThat(stage.drops(DropReason.UNHANDLED_AT_EXIT)).isEqualTo(2);
    });
  }

  /// JVM-1: the end goes on whatever is attached to the process: everybody is told.
  @Test
  void endsThoughAnAttachmentThrows() {
    explore(
        20,
        stage -> {
          Puppet process = stage.puppet();
          Puppet watcher = stage.puppet();
          boolean[] released = {false};
          stage.node.attach(process.ref(), _ -> released[0] = true);
          stage.node.attach(
              process.ref(),
              _ -> {
                throw new IllegalStateException("an attachment must not throw");
              });
          watcher.does(self -> self.monitor(process.ref(), down -> down));
          stage.run();
          stage.node.exit(process.ref(), BOOM);
          stage.run();
          assertThat(watcher.heard).containsExactly(new Down(process.pid(), BOOM));
          assertThat(released[0]).isTrue();
        });
  }

  /// A crash in `terminate` is the reason of the end, as in OTP, and stops nothing of it.
  @Test
  void inTerminateBecomesTheReason() {
    explore(stage -> {
      Name<Object> name = Name.of("ending", Object.class);
      IllegalStateException thrown = new IllegalStateException("in terminate");
      ProcessRef<Object> process =
          stage.node.spawn(
              ending(
                  stage,
                  name,
                  new ArrayList<>(),
                  _ -> {
                    throw thrown;
                  }));
      Puppet watcher = stage.puppet();
      watcher.does(self -> self.monitor(process, down -> down));
      stage.run();
      stage.node.exit(process, ExitReason.shutdown());
      stage.run();
      assertThat(watcher.heard)
          .containsExactly(new Down(process.pid(), new ExitReason.Crashed(thrown)));
      assertThat(stage.node.whereis(name)).isEmpty();
      assertThat(stage.events).anyMatch(ProcessEvent.Crashed.class::isInstance);
    });
  }

  /// `terminate` may still use the runtime: send, call, answer, look at its name.
  @Test
  void leavesTheRuntimeToTerminate() {
    explore(stage -> {
      Puppet friend = stage.puppet();
      ProcessRef<Object> echo =
          stage.node.spawn(
              Object.class, () -> (self, message) -> self.reply((Question) message, "reply"));
      ProcessRef<Object> process =
          stage.node.spawn(
              ending(
                  stage,
                  Name.of("ending", Object.class),
                  new ArrayList<>(),
                  self ->
                      self.send(
                          friend.ref(),
                          self.<String, Question>call(echo, new Question(), SECOND))));
      stage.run();
      process.send(
          (Puppet.Act)
              _ -> {
                throw new IllegalStateException("crash");
              });
      stage.run();
      assertThat(friend.heard).containsExactly("reply");
    });
  }

  record Question() implements Request<String> {}

  /// A process that ends itself and catches the end ends all the same, with its own reason.
  @Test
  void isNotUndoneByCatching() {
    explore(stage -> {
      Puppet puppet = stage.puppet();
      puppet.does(self -> {
        try {
          self.exit(BOOM);
        } finally {
          throwInstead();
        }
      });
      stage.run();
      stage.assertEnded(puppet, BOOM);
    });
  }

  private static void throwInstead() {
    throw new IllegalStateException("instead");
  }
}
