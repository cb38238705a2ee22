package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A call that does not wait (`Self.ask`): the reply or the failure is one of the asker's messages.
class AskTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Object REPLY = new Answer.Reply<>("reply");

  record Question() implements Request<String> {}

  /// A server that keeps all requests.
  private static ProcessRef<Question> keeper(Stage stage, List<ReplyTo<String>> kept) {
    return stage.node.spawn(
        Question.class, () -> (self, question) -> kept.add(self.replyTo(question)));
  }

  private static ProcessRef<Question> answering(Stage stage) {
    return stage.node.spawn(
        Question.class, () -> (self, question) -> self.reply(question, "reply"));
  }

  private static Object failed(ExitReason reason) {
    return new Answer.Failed<String>(reason);
  }

  private static void asks(Puppet asker, Address<? super Question> whom) {
    asker.does(self -> self.ask(whom, new Question(), SECOND, answer -> answer));
  }

  /// The reply comes as a message, and the deadline then means nothing.
  @Test
  void bringsTheReplyAsAMessage() {
    exploreNearAndFar(stage -> {
      Puppet asker = stage.puppet();
      asks(asker, answering(stage));
      stage.run();
      assertThat(timersOf(stage, asker)).as("before the deadline").isZero();
      stage.world.advance(Duration.ofMinutes(1));
      assertThat(asker.heard).containsExactly(REPLY);
    });
  }

  /// CALL-2: the deadline comes as a message, and the late reply never.
  @Test
  void bringsTheDeadlineAsAMessage() {
    exploreNearAndFar(stage -> {
      List<ReplyTo<String>> kept = new ArrayList<>();
      Puppet asker = stage.puppet();
      asks(asker, keeper(stage, kept));
      stage.world.advance(SECOND);
      assertThat(asker.heard).containsExactly(failed(ExitReason.timeout()));
      kept.getFirst().reply("late");
      stage.world.advance(SECOND);
      assertThat(asker.heard).hasSize(1);
      assertThat(stage.drops(DropReason.LATE_ANSWER)).isEqualTo(1);
    });
  }

  /// Whoever keeps a request may look whether its answer is wanted still.
  @Test
  void isAwaitedUntilItIsAnsweredOrNobodyIsThere() {
    explore(stage -> {
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Question> keeper = keeper(stage, kept);
      Puppet answered = stage.puppet();
      Puppet gone = stage.puppet();
      asks(answered, keeper);
      asks(gone, keeper);
      stage.run();
      assertThat(kept).hasSize(2).allMatch(ReplyTo::isAwaited);
      stage.node.exit(gone.ref(), BOOM);
      stage.run();
      assertThat(kept.stream().filter(ReplyTo::isAwaited)).hasSize(1);
      kept.forEach(to -> to.reply("reply"));
      stage.run();
      assertThat(kept).noneMatch(ReplyTo::isAwaited);
    });
  }

  /// CALL-3: nobody there.
  @Test
  void failsAtOnceIfNobodyIsThere() {
    exploreNearAndFar(stage -> {
      Puppet asker = stage.puppet();
      Puppet dead = stage.deadPuppet();
      asks(asker, Name.of("nobody", Question.class));
      asker.does(self -> self.ask(dead.ref(), new Question(), SECOND, answer -> answer));
      stage.run();
      assertThat(asker.heard)
          .containsExactly(failed(ExitReason.noProcess()), failed(ExitReason.noProcess()));
    });
  }

  /// CALL-3: the server's own reason, while the request waits, is handled or is kept.
  @Test
  void failsWithTheServersReason() {
    exploreNearAndFar(stage -> {
      Puppet asker = stage.puppet();
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Question> keeper = keeper(stage, kept);
      asks(asker, keeper);
      asks(asker, keeper);
      stage.puppet().does(self -> self.exit(keeper, BOOM));
      stage.run();
      assertThat(asker.heard).hasSize(2);
      assertThat(asker.heard).isSubsetOf(failed(BOOM), failed(ExitReason.noProcess()));
      assertThat(stage.world.now()).isZero();
    });
  }

  /// Cancelled, it brings nothing, not even what was queued.
  @Test
  void bringsNothingOnceCancelled() {
    exploreNearAndFar(stage -> {
      Puppet asker = stage.puppet();
      List<ReplyTo<String>> kept = new ArrayList<>();
      Cancel[] ask = new Cancel[1];
      ProcessRef<Question> keeper = keeper(stage, kept);
      asker.does(self -> ask[0] = self.ask(keeper, new Question(), SECOND, answer -> answer));
      stage.run();
      boolean[] inTime = {false};
      asker.does(_ -> inTime[0] = ask[0].cancel());
      stage.puppet().does(_ -> kept.getFirst().reply("reply"));
      stage.run();
      assertThat(timersOf(stage, asker)).as("before the deadline").isZero();
      stage.world.advance(Duration.ofMinutes(1));
      assertThat(asker.heard).isEqualTo(inTime[0] ? List.of() : List.of(REPLY));
      asker.does(_ -> assertThat(ask[0].cancel()).isFalse());
      stage.run();
      stage.assertAlive(asker);
    });
  }

  /// Each of many brings exactly one answer, whatever happens to the server.
  @Test
  void bringsExactlyOneAnswerEach() {
    exploreNearAndFar(stage -> {
      Puppet asker = stage.puppet();
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Question> keeper = keeper(stage, kept);
      ProcessRef<Question> answering = answering(stage);
      for (int i = 0; i < 5; i++) {
        asks(asker, keeper);
        asks(asker, answering);
      }
      Puppet other = stage.puppet();
      other.does(self -> self.exit(answering, ExitReason.kill()));
      other.does(_ -> kept.forEach(to -> to.reply("reply")));
      other.does(self -> self.exit(keeper, BOOM));
      stage.world.advance(Duration.ofMinutes(1));
      assertThat(asker.heard).hasSize(10);
    });
  }

  /// A dead asker's answer is counted as late.
  @Test
  void ofADeadAskerIsCounted() {
    exploreNearAndFar(stage -> {
      Puppet asker = stage.puppet();
      List<ReplyTo<String>> kept = new ArrayList<>();
      asks(asker, keeper(stage, kept));
      stage.run();
      stage.node.exit(asker.ref(), BOOM);
      stage.run();
      kept.getFirst().reply("late");
      stage.run();
      assertThat(stage.drops(DropReason.LATE_ANSWER)).isEqualTo(1);
    });
  }

  private static int timersOf(Stage stage, Puppet puppet) {
    return stage.node.inspect(puppet.ref(), SECOND).orElseThrow().timers();
  }
}
