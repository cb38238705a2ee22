package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  sealed interface Message {}

  /// Answered at once.
  record Echo(String text) implements Message, Request<String> {}

  /// Kept, to be answered later or never.
  record Keep() implements Message, Request<String> {}

  /// Ends the server while it handles it.
  record End(ExitReason reason) implements Message, Request<String> {}

  /// Makes the server throw.
  record Fail() implements Message, Request<String> {}

  /// Handled without an answer.
  record Forget() implements Message, Request<String> {}

  /// Answers what was kept.
  record AnswerKept(String text) implements Message {}

  private static final class Desk implements Server<Message> {
    final List<ReplyTo<String>> kept;

    Desk(List<ReplyTo<String>> kept) {
      this.kept = kept;
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Echo echo -> self.reply(echo, echo.text());
        case Keep keep -> kept.add(self.replyTo(keep));
        case End(ExitReason reason) -> self.exit(reason);
        case Fail() -> throw new IllegalStateException("failed");
        case Forget() -> {}
        case AnswerKept(String text) -> kept.forEach(to -> to.reply(text));
      }
    }
  }

  private static ProcessRef<Message> desk(Stage stage) {
    return desk(stage, new ArrayList<>());
  }

  private static ProcessRef<Message> desk(Stage stage, List<ReplyTo<String>> kept) {
    return stage.node.spawn(Message.class, () -> new Desk(kept));
  }

  /// A puppet calls and remembers the reply or the reason.
  private static <Q extends Request<String>> void calls(
      Puppet caller, Address<? super Q> to, Q request) {
    caller.does(self -> {
      try {
        caller.heard.add(self.<String, Q>call(to, request, SECOND));
      } catch (ExitException failure) {
        caller.heard.add(failure.reason());
      }
    });
  }

  /// CALL-1.
  @Test
  void bringsTheReply() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet server = stage.puppet();
      calls(server, desk, new Echo("hello"));
      ProcessRef<String> body =
          stage.node.spawn(
              String.class,
              (self, _) ->
                  assertThat(self.<String, Echo>call(desk, new Echo("b"), SECOND)).isEqualTo("b"));
      assertThat(stage.node.<String, Echo>call(desk, new Echo("outside"), SECOND))
          .isEqualTo("outside");
      stage.run();
      assertThat(server.heard).containsExactly("hello");
      assertThat(stage.reasonsOf(body)).containsExactly(ExitReason.normal());
    });
  }

  /// CALL-1: messages that come while the caller waits keep their order and wait their turn.
  @Test
  void leavesOtherMessagesInTheirPlace() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Echo("reply"));
      caller.ref().send(1);
      caller.ref().send(2);
      stage.run();
      assertThat(caller.heard).containsExactly("reply", 1, 2);
    });
  }

  /// CALL-2: a call that is not answered in time fails, and the late reply never arrives.
  @Test
  void thatTimedOutNeverHearsTheLateReply() {
    exploreNearAndFar(stage -> {
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Message> desk = desk(stage, kept);
      Puppet server = stage.puppet();
      calls(server, desk, new Keep());
      List<Object> bodyHeard = new ArrayList<>();
      stage.node.spawn(
          Object.class,
          (self, inbox) -> {
            try {
              self.<String, Keep>call(desk, new Keep(), SECOND);
            } catch (ExitException failure) {
              bodyHeard.add(failure.reason());
            }
            inbox.receive(Duration.ofMinutes(1)).ifPresent(bodyHeard::add);
          });
      stage.world.advance(SECOND);
      assertThat(server.heard).containsExactly(ExitReason.timeout());
      assertThat(bodyHeard).containsExactly(ExitReason.timeout());
      desk.send(new AnswerKept("late"));
      stage.world.advance(Duration.ofMinutes(2));
      assertThat(server.heard).hasSize(1);
      assertThat(bodyHeard).hasSize(1);
      assertThat(stage.drops(DropReason.LATE_ANSWER)).isEqualTo(2);
    });
  }

  /// CALL-2: answer and deadline race: the caller hears one of them, once.
  @Test
  void thatIsAnsweredAtTheDeadlineHearsOneOfThem() {
    exploreNearAndFar(stage -> {
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Message> desk = desk(stage, kept);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Keep());
      stage
          .puppet()
          .does(self ->
              self.sendAfter(SECOND, (Puppet.Act) me -> me.send(desk, new AnswerKept("just so"))));
      stage.world.advance(SECOND);
      assertThat(caller.heard).hasSize(1).first().isIn("just so", ExitReason.timeout());
      long late = caller.heard.contains("just so") ? 0 : 1;
      assertThat(stage.drops(DropReason.LATE_ANSWER)).isEqualTo(late);
    });
  }

  /// CALL-3: nobody there, or no longer.
  @Test
  void failsAtOnceIfNobodyIsThere() {
    exploreNearAndFar(stage -> {
      Puppet caller = stage.puppet();
      ProcessRef<Message> dead = desk(stage);
      stage.node.exit(dead, ExitReason.kill());
      stage.run();
      calls(caller, Name.of("nobody", Message.class), new Echo("x"));
      calls(caller, dead, new Echo("x"));
      stage.run();
      assertThat(caller.heard).containsExactly(ExitReason.noProcess(), ExitReason.noProcess());
      assertThat(stage.world.now()).isZero();
      assertThat(failure(stage, dead, new Echo("x"))).isEqualTo(ExitReason.noProcess());
    });
  }

  /// CALL-3: the server's own reason, whatever it is.
  @Test
  void failsWithTheServersReason() {
    for (ExitReason reason :
        List.of(
            ExitReason.normal(),
            ExitReason.shutdown(),
            new ExitReason.Shutdown("late"),
            ExitReason.kill(),
            BOOM)) {
      Stage.explore(
          50,
          stage -> {
            Puppet caller = stage.puppet();
            calls(caller, desk(stage), new End(reason));
            assertThat(failure(stage, desk(stage), new End(reason))).isEqualTo(reason);
            stage.run();
            assertThat(caller.heard).containsExactly(reason);
          });
    }
  }

  /// CALL-3: killed, before or while it handles the request.
  @Test
  void failsWithKilledIfTheServerIs() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Keep());
      stage.puppet().does(self -> self.exit(desk, ExitReason.kill()));
      stage.run();
      assertThat(caller.heard).hasSize(1).first().isIn(ExitReason.killed(), ExitReason.noProcess());
      assertThat(stage.world.now()).isZero();
    });
  }

  /// CALL-3, EXIT-3: what the server threw.
  @Test
  void failsWithWhatTheServerThrew() {
    exploreNearAndFar(stage -> {
      Puppet caller = stage.puppet();
      calls(caller, desk(stage), new Fail());
      stage.run();
      assertThat(caller.heard)
          .singleElement()
          .isInstanceOfSatisfying(
              ExitReason.Crashed.class, crash -> assertThat(crash.cause()).hasMessage("failed"));
    });
  }

  /// CALL-3: requests that still wait in the server's mailbox fail with its reason too.
  @Test
  void failsThoughItsTurnHasNotCome() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      List<Puppet> callers = new ArrayList<>();
      desk.send(new End(BOOM));
      for (int i = 0; i < 5; i++) {
        Puppet caller = stage.puppet();
        calls(caller, desk, new Echo("x"));
        callers.add(caller);
      }
      stage.run();
      for (Puppet caller : callers) {
        assertThat(caller.heard).hasSize(1).first().isIn(BOOM, ExitReason.noProcess());
      }
      assertThat(stage.world.now()).isZero();
    });
  }

  /// CALL-1 (a call monitors its server): a request that was handled without an answer fails when
  /// the server ends, not at its deadline.
  @Test
  void thatTheServerForgotFailsWhenTheServerEnds() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Forget());
      stage.run();
      desk.send(new AnswerKept("something else"));
      stage.run();
      desk.send(new End(BOOM));
      stage.run();
      stage.world.forgiveUnanswered();
      assertThat(caller.heard).containsExactly(BOOM);
    });
  }

  /// CALL-3: calling oneself.
  @Test
  void toOneselfFailsAtOnce() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      calls(one, one.ref(), new Echo("x"));
      stage.run();
      assertThat(one.heard).singleElement().isInstanceOf(ExitReason.Deadlock.class);
      assertThat(stage.world.now()).isZero();
    });
  }

  /// CALL-3: whoever does not catch the failure ends with it.
  @Test
  void endsACallerThatDoesNotCatch() {
    exploreNearAndFar(stage -> {
      Puppet caller = stage.puppet();
      caller.does(
          self -> self.<String, Echo>call(Name.of("nobody", Message.class), new Echo("x"), SECOND));
      stage.run();
      assertThat(stage.reasonsOf(caller.ref()))
          .singleElement()
          .isInstanceOfSatisfying(
              ExitReason.Crashed.class,
              crash -> assertThat(crash.cause()).isInstanceOf(ExitException.class));
    });
  }

  /// CALL-4: a send always succeeds.
  @Test
  void isNotNeededToSendARequest() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      desk.send(new Echo("nobody waits"));
      desk.send(new Keep());
      desk.send(new AnswerKept("nobody waits"));
      stage.run();
      assertThat(stage.node.isAlive(desk)).isTrue();
      assertThat(stage.node.drops().total()).isZero();
    });
  }

  /// CALL-4: the reply can come later.
  @Test
  void canBeAnsweredLater() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet one = stage.puppet();
      Puppet two = stage.puppet();
      calls(one, desk, new Keep());
      calls(two, desk, new Keep());
      stage.run();
      assertThat(one.heard).isEmpty();
      desk.send(new AnswerKept("at last"));
      stage.run();
      assertThat(one.heard).containsExactly("at last");
      assertThat(two.heard).containsExactly("at last");
    });
  }

  /// CALL-4: the reply can come from another process.
  @Test
  void canBeAnsweredByAnother() {
    exploreNearAndFar(stage -> {
      Puppet other = stage.puppet();
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Message> desk = desk(stage, kept);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Keep());
      stage.run();
      other.does(_ -> kept.getFirst().reply("from another"));
      stage.run();
      assertThat(caller.heard).containsExactly("from another");
    });
  }

  /// CALL-4: the first answer counts.
  @Test
  void isAnsweredOnce() {
    exploreNearAndFar(stage -> {
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Message> desk = desk(stage, kept);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Keep());
      stage.run();
      stage.puppet().does(_ -> kept.getFirst().reply("one"));
      stage.puppet().does(_ -> kept.getFirst().reply("two"));
      stage.run();
      assertThat(caller.heard).hasSize(1).first().isIn("one", "two");
      assertThat(stage.drops(DropReason.LATE_ANSWER)).isEqualTo(1);
    });
  }

  /// CALL-3: whoever took a request to answer it later, and dies first, fails it.
  @Test
  void thatWasTakenFailsWhenItsTakerDies() {
    exploreNearAndFar(stage -> {
      List<ReplyTo<String>> kept = new ArrayList<>();
      ProcessRef<Message> desk = desk(stage, kept);
      Puppet caller = stage.puppet();
      calls(caller, desk, new Keep());
      stage.run();
      desk.send(new End(BOOM));
      stage.run();
      assertThat(caller.heard).containsExactly(BOOM);
      kept.getFirst().reply("too late");
      stage.run();
      assertThat(caller.heard).hasSize(1);
    });
  }

  /// CALL-4: an answer given in `terminate` still arrives.
  @Test
  void canBeAnsweredInTerminate() {
    exploreNearAndFar(stage -> {
      ProcessRef<Object> server =
          stage.node.spawn(
              Object.class,
              () ->
                  new Server<>() {
                    private ReplyTo<String> to;

                    @Override
                    public void handle(Self<Object> self, Object message) {
                      to = self.replyTo((Keep) message);
                      self.exit(ExitReason.normal());
                    }

                    @Override
                    public void terminate(Self<Object> self, ExitReason reason) {
                      to.reply("last words");
                    }
                  });
      Puppet caller = stage.puppet();
      calls(caller, server, new Keep());
      stage.run();
      assertThat(caller.heard).containsExactly("last words");
    });
  }

  /// CALL-1: an exit signal reaches a caller that waits.
  @Test
  void isLeftByACallerThatIsToldToExit() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet server = stage.puppet();
      calls(server, desk, new Keep());
      ProcessRef<String> body =
          stage.node.spawn(
              String.class, (self, _) -> self.<String, Keep>call(desk, new Keep(), SECOND));
      stage.run();
      stage.node.exit(server.ref(), BOOM);
      stage.node.exit(body, ExitReason.kill());
      stage.run();
      stage.assertEnded(server, BOOM);
      assertThat(stage.reasonsOf(body)).containsExactly(ExitReason.killed());
      assertThat(server.heard).isEmpty();
    });
  }

  /// CALL-1: a trapped exit does not disturb a call; it waits its turn.
  @Test
  void isNotDisturbedByATrappedExit() {
    exploreNearAndFar(stage -> {
      ProcessRef<Message> desk = desk(stage);
      Puppet caller = stage.puppet().trapping();
      Puppet other = stage.puppet();
      calls(caller, desk, new Keep());
      stage.run();
      other.does(self -> self.exit(caller.ref(), BOOM));
      stage.run();
      desk.send(new AnswerKept("reply"));
      stage.run();
      assertThat(caller.heard).containsExactly("reply", new Exit(other.pid(), BOOM));
    });
  }

  private static ExitReason failure(Stage stage, ProcessRef<Message> to, Message request) {
    @SuppressWarnings("unchecked")
    Request<String> typed = (Request<String>) request;
    return catchThrowableOfType(ExitException.class, () -> callUnchecked(stage, to, typed))
        .reason();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // all of them are messages
  private static void callUnchecked(Stage stage, ProcessRef<Message> to, Request<String> request) {
    stage.node.call((ProcessRef) to, request, SECOND);
  }
}
