package dev.kith.server;

import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Answer;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A door that shuts by itself, and does not open while it is locked.
class StateMachineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  enum Door {
    OPEN,
    CLOSED,
    LOCKED
  }

  sealed interface Message {}

  record Push(int number) implements Message, Request<Integer> {}

  record Shut() implements Message {}

  record Lock() implements Message {}

  record Unlock() implements Message {}

  record Look() implements Message, Request<Door> {}

  record Stay(Duration within) implements Message {}

  private static final class SelfShuttingDoor implements StateMachine<Door, Message> {
    @Override
    public Step<Door, Message> start(Self<Message> self) {
      return Step.to(Door.CLOSED);
    }

    @Override
    public Step<Door, Message> handle(Self<Message> self, Door door, Message message) {
      return switch (message) {
        case Push push -> push(self, door, push);
        case Shut() -> Step.to(Door.CLOSED);
        case Lock() -> Step.to(Door.LOCKED);
        case Unlock() -> door == Door.LOCKED ? Step.to(Door.CLOSED) : Step.stay();
        case Look look -> {
          self.reply(look, door);
          yield Step.stay();
        }
        case Stay(Duration within) -> Step.<Door, Message>stay().within(within, new Shut());
      };
    }

    private static Step<Door, Message> push(Self<Message> self, Door door, Push push) {
      if (door == Door.LOCKED) {
        return Step.<Door, Message>stay().postponed();
      }
      self.reply(push, push.number());
      return Step.<Door, Message>to(Door.OPEN).within(SECOND, new Shut());
    }
  }

  private static ProcessRef<Message> door(World world) {
    return world.node().spawn(StateMachine.spec(Message.class, SelfShuttingDoor::new));
  }

  private static Door look(World world, ProcessRef<Message> door) {
    return world.node().call(door, new Look(), SECOND);
  }

  @Test
  void goesFromStateToState() {
    explore(
        50,
        world -> {
          ProcessRef<Message> door = door(world);
          assertThat(look(world, door)).isEqualTo(Door.CLOSED);
          assertThat(world.node().call(door, new Push(7), SECOND)).isEqualTo(7);
          assertThat(look(world, door)).isEqualTo(Door.OPEN);
          assertThat(world.node().inspect(door, SECOND).orElseThrow().state()).isEqualTo(Door.OPEN);
        });
  }

  @Test
  void isToldWhenItHasStayedTooLong() {
    explore(
        50,
        world -> {
          ProcessRef<Message> door = door(world);
          world.node().call(door, new Push(1), SECOND);
          world.advance(SECOND.minusMillis(1));
          assertThat(look(world, door)).isEqualTo(Door.OPEN);
          world.advance(Duration.ofMillis(1));
          assertThat(look(world, door)).isEqualTo(Door.CLOSED);
        });
  }

  /// A timeout belongs to a state: in the next other one it does not come.
  @Test
  void leavesItsTimeoutWithTheState() {
    explore(
        50,
        world -> {
          ProcessRef<Message> door = door(world);
          world.node().call(door, new Push(1), SECOND);
          door.send(new Lock());
          world.advance(MINUTE);
          assertThat(look(world, door)).isEqualTo(Door.LOCKED);
        });
  }

  /// Going to an equal state is staying: the timeout begins anew if there is a new one, else it
  /// goes on.
  @Test
  void hasOneTimeout() {
    explore(
        50,
        world -> {
          ProcessRef<Message> door = door(world);
          world.node().call(door, new Push(1), SECOND);
          door.send(new Stay(MINUTE));
          world.advance(SECOND.multipliedBy(2));
          assertThat(look(world, door)).isEqualTo(Door.OPEN);
          world.advance(MINUTE);
          assertThat(look(world, door)).isEqualTo(Door.CLOSED);
        });
  }

  /// Postponed requests are answered in the next state that takes them, in their order, and nobody
  /// who waits for one counts as forgotten meanwhile.
  @Test
  void handlesWhatItPostponedInTheNextStateInOrder() {
    explore(
        100,
        world -> {
          ProcessRef<Message> door = door(world);
          door.send(new Lock());
          List<Integer> order = new ArrayList<>();
          world.node().spawn(Object.class, () -> new Pusher(door, order));
          world.advance(SECOND);
          assertThat(order).isEmpty();
          assertThat(world.node().mailboxDepth(door)).isEqualTo(3);
          door.send(new Unlock());
          world.advance(SECOND);
          assertThat(order).containsExactly(0, 1, 2);
          assertThat(world.node().mailboxDepth(door)).isZero();
        });
  }

  private record Pusher(ProcessRef<Message> door, List<Integer> order) implements Server<Object> {
    @Override
    public void started(Self<Object> self) {
      for (int i = 0; i < 3; i++) {
        self.<Integer, Push>ask(door, new Push(i), MINUTE, Answer::orThrow);
      }
    }

    @Override
    public void handle(Self<Object> self, Object pushed) {
      order.add((Integer) pushed);
    }
  }

  /// A postponed request is still a request to the process: its end is the asker's answer.
  @Test
  void failsWhatItPostponedWhenItEnds() {
    explore(
        100,
        world -> {
          ProcessRef<Message> door = door(world);
          door.send(new Lock());
          List<Object> heard = new ArrayList<>();
          world.node().spawn(Object.class, () -> new Impatient(door, heard));
          world.advance(SECOND);
          world.node().exit(door, ExitReason.kill());
          world.advance(SECOND);
          assertThat(heard).containsExactly(new Answer.Failed<>(ExitReason.killed()));
        });
  }

  private record Impatient(ProcessRef<Message> door, List<Object> heard) implements Server<Object> {
    @Override
    public void started(Self<Object> self) {
      self.<Integer, Push>ask(door, new Push(1), MINUTE, answer -> answer);
    }

    @Override
    public void handle(Self<Object> self, Object answer) {
      heard.add(answer);
    }
  }

  /// A machine that begins nowhere has failed to start.
  @Test
  void beginsInAState() {
    explore(
        10,
        world -> {
          var spec =
              StateMachine.<Door, Message>spec(
                  Message.class,
                  () ->
                      new StateMachine<>() {
                        @Override
                        public Step<Door, Message> start(Self<Message> self) {
                          return Step.stay();
                        }

                        @Override
                        public Step<Door, Message> handle(
                            Self<Message> self, Door state, Message message) {
                          return Step.stay();
                        }
                      });
          assertThat(world.node().start(spec, SECOND))
              .isInstanceOfSatisfying(
                  StartResult.Failed.class,
                  failed -> assertThat(failed.reason()).isInstanceOf(ExitReason.Crashed.class));
        });
  }
}
