package dev.kith.server;

import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Answer;
import dev.kith.process.Body;
import dev.kith.process.ExitReason;
import dev.kith.process.Inbox;
import dev.kith.process.Name;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// What a process of the test does.
  private interface Act {
    void perform(Self<Object> self, Inbox<Object> inbox) throws Exception;
  }

  /// Runs something in a body until it ends, which it must do well.
  private static void inBody(World world, Act act) {
    List<Throwable> ends = new ArrayList<>();
    Body<Object> body =
        (self, inbox) -> {
          try {
            act.perform(self, inbox);
            ends.add(new Throwable("none"));
          } catch (AssertionError failed) {
            ends.add(failed);
          }
        };
    world.node().spawn(Object.class, body);
    world.until(() -> !ends.isEmpty(), MINUTE.multipliedBy(10));
    assertThat(ends).singleElement().extracting(Throwable::getMessage).isEqualTo("none");
    world.run();
    assertThat(world.node().processCount()).as("what is left behind").isZero();
  }

  /// Waits without holding up the world.
  private static void pause(Inbox<Object> inbox, Duration time) {
    inbox.receive(time);
  }

  @Test
  void givesItsResult() {
    explore(
        50,
        world ->
            inBody(
                world,
                (self, inbox) -> {
                  Task<Integer> one = Task.start(self, () -> 1);
                  Task<Integer> other = Task.start(self, () -> 2);
                  assertThat(other.await(SECOND) + one.await(SECOND)).isEqualTo(3);
                }));
  }

  /// What the work throws is its result, however bad, and its owner goes on.
  @Test
  void givesWhatItsWorkThrows() {
    explore(
        50,
        world ->
            inBody(
                world,
                (self, inbox) -> {
                  Task<Integer> task =
                      Task.start(
                          self,
                          () -> {
                            throw new StackOverflowError("deep");
                          });
                  pause(inbox, SECOND);
                  assertThat(task.outcome(SECOND))
                      .isInstanceOfSatisfying(
                          Answer.Failed.class,
                          failed ->
                              assertThat(failed.reason())
                                  .isInstanceOfSatisfying(
                                      ExitReason.Crashed.class,
                                      crash -> assertThat(crash.cause()).hasMessage("deep")));
                }));
  }

  /// Work that takes too long is killed.
  @Test
  void isKilledWhenItsTimeIsUp() {
    explore(
        50,
        world ->
            inBody(
                world,
                (self, inbox) -> {
                  ProcessRef<Object> never = self.spawn(silent());
                  Task<Integer> task =
                      Task.start(
                          self, () -> world.node().<Integer, Ask>call(never, new Ask(), MINUTE));
                  assertThat(task.outcome(SECOND))
                      .isEqualTo(new Answer.Failed<>(ExitReason.timeout()));
                  self.exit(never, ExitReason.kill());
                }));
  }

  record Ask() implements Request<Integer> {}

  private static ProcessSpec<Object> silent() {
    return ProcessSpec.server(Object.class, () -> (self, message) -> self.replyTo((Ask) message));
  }

  /// Nobody is left who wants the result: the work ends too.
  @Test
  void endsWithItsOwner() {
    explore(
        50,
        world -> {
          ProcessRef<Object> never = world.node().spawn(silent());
          Body<Object> owner =
              (self, _) -> {
                var _ =
                    Task.start(
                        self, () -> world.node().<Integer, Ask>call(never, new Ask(), MINUTE));
              };
          world.node().spawn(Object.class, owner);
          world.advance(SECOND);
          assertThat(world.node().processCount()).isEqualTo(1);
          world.node().exit(never, ExitReason.kill());
        });
  }

  @Test
  void tellsAServerThatDoesNotWait() {
    explore(
        50,
        world -> {
          List<Object> heard = new ArrayList<>();
          world.node().spawn(Object.class, () -> new Teller(heard));
          world.advance(MINUTE);
          assertThat(heard)
              .containsExactlyInAnyOrder(
                  new Answer.Reply<>(42), new Answer.Failed<>(ExitReason.timeout()));
        });
  }

  private record Teller(List<Object> heard) implements Server<Object> {
    @Override
    public void started(Self<Object> self) {
      ProcessRef<Object> never = self.spawn(silent());
      Task.<Integer, Object>start(self, () -> 42, SECOND, answer -> answer);
      Task.<Integer, Object>start(
          self,
          () -> self.node().<Integer, Ask>call(never, new Ask(), MINUTE),
          SECOND,
          answer -> answer);
      Task.<Integer, Object>start(self, () -> 43, SECOND, answer -> answer).cancel();
    }

    @Override
    public void handle(Self<Object> self, Object answer) {
      heard.add(answer);
    }
  }

  /// So many at a time, and the outcomes in the order of the items.
  @Test
  void manyAtOnceAreBounded() {
    explore(
        50,
        world -> {
          AtomicInteger running = new AtomicInteger();
          AtomicInteger most = new AtomicInteger();
          inBody(
              world,
              (self, inbox) -> {
                List<Answer<Integer>> outcomes =
                    Task.forEach(
                        self,
                        List.of(1, 2, 3, 4, 5, 6, 7, 8),
                        3,
                        MINUTE,
                        item -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          world.node().await(Name.of("nobody", Object.class), SECOND);
                          running.decrementAndGet();
                          return item * item;
                        });
                assertThat(outcomes)
                    .extracting(Answer::orThrow)
                    .containsExactly(1, 4, 9, 16, 25, 36, 49, 64);
                assertThat(most).hasValueBetween(1, 3);
              });
        });
  }
}
