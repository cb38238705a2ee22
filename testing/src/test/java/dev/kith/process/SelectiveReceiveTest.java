package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a body does with its mailbox.
class SelectiveReceiveTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  record Question() implements Request<String> {}

  private static ProcessRef<Object> body(Stage stage, Body<Object> body) {
    return stage.node.spawn(Object.class, body);
  }

  /// The oldest message that is selected is taken; the others stay, in order.
  @Test
  void leavesTheOthersInOrder() {
    explore(stage -> {
      List<Object> taken = new ArrayList<>();
      ProcessRef<Object> body =
          body(
              stage,
              (_, inbox) -> {
                taken.add(inbox.receive(String.class));
                taken.add(
                    inbox
                        .receive(MINUTE, m -> m.equals(3) ? Optional.of(m) : Optional.empty())
                        .orElseThrow());
                for (int i = 0; i < 3; i++) {
                  taken.add(inbox.receive());
                }
              });
      for (Object message : new Object[] {1, 2, "a", 3, "b"}) {
        body.send(message);
      }
      stage.run();
      assertThat(taken).containsExactly("a", 3, 1, 2, "b");
    });
  }

  /// A receive with a deadline takes what comes in time, and nothing after it.
  @Test
  void endsAtItsDeadline() {
    explore(stage -> {
      List<Object> taken = new ArrayList<>();
      ProcessRef<Object> body =
          body(
              stage,
              (_, inbox) -> {
                taken.add(inbox.receive(SECOND));
                taken.add(inbox.receive(Duration.ZERO));
                taken.add(
                    inbox.receive(SECOND, m -> m.equals("b") ? Optional.of(m) : Optional.empty()));
                taken.add(inbox.receive(SECOND));
              });
      stage.world.advance(SECOND);
      assertThat(taken).containsExactly(Optional.empty(), Optional.empty());
      body.send("a");
      stage.world.advance(SECOND);
      stage.run();
      assertThat(taken.subList(2, 4)).containsExactly(Optional.empty(), Optional.of("a"));
      assertThat(stage.world.now()).isEqualTo(SECOND.multipliedBy(2));
    });
  }

  /// MON-4: cancelling takes back also what a selective receive has passed over.
  @Test
  void hearsNothingOfWhatWasCancelled() {
    explore(stage -> {
      Puppet target = stage.puppet();
      List<Object> taken = new ArrayList<>();
      ProcessRef<Object> body =
          body(
              stage,
              (self, inbox) -> {
                Cancel monitor = self.monitor(target.ref(), down -> down);
                Cancel timer = self.sendAfter(SECOND, "timer");
                Alias<String> alias = self.alias(String.class, text -> text);
                self.send(alias, "alias");
                self.send(target.ref(), (Puppet.Act) it -> it.exit(BOOM));
                inbox.receive(
                    SECOND.multipliedBy(2),
                    m -> m.equals("go") ? Optional.of(m) : Optional.empty());
                assertThat(monitor.cancel()).isTrue();
                assertThat(timer.cancel()).isTrue();
                assertThat(alias.cancel()).isTrue();
                inbox.receive(SECOND).ifPresent(taken::add);
              });
      stage.world.advance(MINUTE);
      assertThat(stage.reasonsOf(body)).containsExactly(ExitReason.normal());
      assertThat(taken).isEmpty();
    });
  }

  /// JVM-7: what was passed over still waits in the mailbox and counts against its limit.
  @Test
  void countsWhatItPassesOverAgainstTheLimit() {
    explore(stage -> {
      Body<Object> picky = (_, inbox) -> inbox.receive(String.class);
      ProcessRef<Object> body =
          stage.node.spawn(
              ProcessSpec.body(Object.class, picky).withMailbox(MailboxLimit.ofMessages(10)));
      for (int i = 0; i < 100; i++) {
        int number = i;
        stage.puppet().does(self -> self.send(body, number));
      }
      stage.run();
      assertThat(stage.drops(DropReason.MAILBOX_FULL)).isEqualTo(90);
      assertThat(stage.node.inspect(body, SECOND).orElseThrow().snapshot().mailbox()).isEqualTo(10);
    });
  }

  /// CALL-3: a request that was passed over fails when the body ends, however it ends.
  @Test
  void failsRequestsItPassedOver() {
    for (ExitReason reason : List.of(BOOM, ExitReason.kill())) {
      Stage.explore(
          100,
          stage -> {
            ProcessRef<Object> body = body(stage, (_, inbox) -> inbox.receive(String.class));
            Puppet asker = stage.puppet();
            asker.does(self -> self.ask(body, new Question(), MINUTE, answer -> answer));
            stage.run();
            stage.node.exit(body, reason);
            stage.run();
            ExitReason seen = reason instanceof ExitReason.Kill ? ExitReason.killed() : reason;
            assertThat(asker.heard).containsExactly(new Answer.Failed<>(seen));
            assertThat(stage.drops(DropReason.UNHANDLED_AT_EXIT)).isEqualTo(1);
          });
    }
  }

  /// What a selection throws is thrown to the body, and the message stays where it was.
  @Test
  void losesNothingWhenASelectionThrows() {
    explore(stage -> {
      List<Object> taken = new ArrayList<>();
      ProcessRef<Object> body =
          body(
              stage,
              (_, inbox) -> {
                try {
                  inbox.receive(
                      MINUTE,
                      _ -> {
                        throw new IllegalStateException("in the selection");
                      });
                } catch (IllegalStateException expected) {
                  taken.add(expected.getMessage());
                }
                taken.add(inbox.receive());
                taken.add(inbox.receive());
              });
      body.send("a");
      body.send("b");
      stage.run();
      assertThat(taken).containsExactly("in the selection", "a", "b");
    });
  }

  /// CALL-3: a request whose selection throws fails when the body ends of it.
  @Test
  void failsTheRequestWhoseSelectionEndsTheBody() {
    explore(stage -> {
      IllegalStateException thrown = new IllegalStateException("in the selection");
      ProcessRef<Object> body =
          body(
              stage,
              (_, inbox) ->
                  inbox.receive(
                      MINUTE,
                      _ -> {
                        throw thrown;
                      }));
      Puppet asker = stage.puppet();
      asker.does(self -> self.ask(body, new Question(), MINUTE, answer -> answer));
      stage.run();
      assertThat(asker.heard).containsExactly(new Answer.Failed<>(new ExitReason.Crashed(thrown)));
    });
  }

  /// Design rule 2: a body may answer until it takes the next message; one that does not is told of
  /// once.
  @Test
  void tellsOfAForgottenRequestOnce() {
    explore(stage -> {
      ProcessRef<Object> body =
          body(
              stage,
              (_, inbox) -> {
                inbox.receive();
                for (int i = 0; i < 3; i++) {
                  inbox.receive(SECOND);
                }
              });
      Puppet asker = stage.puppet();
      asker.does(self -> self.ask(body, new Question(), MINUTE, answer -> answer));
      stage.world.advance(MINUTE);
      stage.world.forgiveUnanswered();
      assertThat(stage.node.unansweredCount()).isEqualTo(1);
      assertThat(asker.heard).containsExactly(new Answer.Failed<>(ExitReason.normal()));
    });
  }

  /// A body ends when its code returns, and what it left is counted.
  @Test
  void countsWhatIsLeftWhenTheBodyReturns() {
    explore(stage -> {
      ProcessRef<Object> body = body(stage, (_, inbox) -> inbox.receive(String.class));
      body.send(1);
      body.send("a");
      body.send(2);
      stage.run();
      assertThat(stage.reasonsOf(body)).containsExactly(ExitReason.normal());
      assertThat(stage.drops(DropReason.UNHANDLED_AT_EXIT)).isEqualTo(2);
    });
  }
}
