package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A11: what can be seen of a process.
class InspectionTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Messages waiting and handled, name, ancestors, protocol and idle time, without disturbing it.
  @Test
  void showsWhatIsKnownFromOutside() {
    explore(stage -> {
      Puppet parent = new Puppet();
      Puppet child = new Puppet();
      parent.isPlayedBy(stage.node.spawn(parent.spec().named(Name.of("parent", Object.class))));
      parent.does(self -> child.isPlayedBy(self.spawn(child.spec())));
      stage.run();
      child.ref().send(1);
      child.ref().send(2);
      stage.world.advance(SECOND);
      child.ref().send(3);
      ProcessSnapshot snapshot = stage.node.processes().getLast();
      assertThat(snapshot.pid()).isEqualTo(child.pid());
      assertThat(snapshot.name()).isEmpty();
      assertThat(snapshot.ancestors()).containsExactly("parent");
      assertThat(snapshot.protocol()).isEqualTo(Object.class);
      assertThat(snapshot.mailbox()).isEqualTo(1);
      assertThat(snapshot.handled()).isEqualTo(2);
      assertThat(snapshot.idle()).isEqualTo(SECOND);
      assertThat(stage.node.processes().getFirst().name()).isEqualTo(Optional.of("parent"));
    });
  }

  /// Links, monitors, timers and the application's own picture, asked between two messages.
  @Test
  void showsWhatTheProcessKnows() {
    explore(stage -> {
      int[] total = {0};
      ProcessRef<Integer> server =
          stage.node.spawn(
              Integer.class,
              () ->
                  new Server<>() {
                    @Override
                    public void started(Self<Integer> self) {
                      self.sendAfter(Duration.ofMinutes(1), 100);
                    }

                    @Override
                    public void handle(Self<Integer> self, Integer message) {
                      total[0] += message;
                    }

                    @Override
                    public Object inspect() {
                      return "total " + total[0];
                    }
                  });
      Puppet other = stage.puppet();
      other.does(self -> {
        self.link(server);
        self.monitor(server, down -> down);
      });
      server.send(3);
      stage.run();
      Inspection inspection = stage.node.inspect(server, SECOND).orElseThrow();
      assertThat(inspection.state()).isEqualTo("total 3");
      assertThat(inspection.links()).containsExactly(other.pid());
      assertThat(inspection.monitors()).isEqualTo(1);
      assertThat(inspection.timers()).isEqualTo(1);
    });
  }

  /// A process that waits in a call can still be looked at; a dead one cannot.
  @Test
  void showsAProcessThatWaits() {
    explore(stage -> {
      ProcessRef<Object> silent = stage.node.spawn(Object.class, () -> (_, _) -> {});
      Puppet waiting = stage.puppet();
      waiting.does(self -> self.call(silent, new Question(), Duration.ofMinutes(1)));
      stage.run();
      stage.world.forgiveUnanswered();
      assertThat(stage.node.inspect(waiting.ref(), SECOND)).isPresent();
      stage.node.exit(waiting.ref(), BOOM);
      stage.run();
      assertThat(stage.node.inspect(waiting.ref(), SECOND)).isEmpty();
      assertThat(stage.world.now()).isZero();
    });
  }

  record Question() implements Request<String> {}

  /// An `inspect` that throws, anything at all, harms nobody, its process included.
  @Test
  void survivesAPictureThatThrows() {
    for (Throwable thrown :
        List.of(new IllegalStateException(), new StackOverflowError(), new AssertionError())) {
      explore(
          50,
          stage -> {
            ProcessRef<Object> server =
                stage.node.spawn(
                    Object.class,
                    () ->
                        new Server<>() {
                          @Override
                          public void handle(Self<Object> self, Object message) {}

                          @Override
                          public Object inspect() {
                            throw InspectionTest.<RuntimeException>sneaky(thrown);
                          }
                        });
            stage.run();
            assertThat(stage.node.inspect(server, SECOND).orElseThrow().state()).isEqualTo(thrown);
            assertThat(stage.node.isAlive(server)).isTrue();
          });
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
