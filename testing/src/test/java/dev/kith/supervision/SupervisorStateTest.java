package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a supervisor decides, without a process in sight. Runs are numbered in the order of starts.
class SupervisorStateTest {
  private static final ProcessSpec<String> PROCESS =
      ProcessSpec.server(String.class, () -> (self, message) -> {});
  private static final ExitReason CRASH = new ExitReason.Custom("crash");
  private static final RestartIntensity MANY = RestartIntensity.of(100, Duration.ofSeconds(1));

  /// SUP-1: the next starts when the one before is up, and the supervisor is ready with the last.
  @Test
  void startsOneAfterTheOther() {
    Play play = new Play(SupervisorSpec.oneForOne(child("a"), child("b")));

    assertThat(play.on(new Event.Begun())).containsExactly("start 1");
    assertThat(play.on(new Event.Up(1))).containsExactly("start 2");
    assertThat(play.on(new Event.Up(2))).containsExactly("ready");
  }

  @Test
  void withoutChildrenIsReadyAtOnce() {
    Play play = new Play(SupervisorSpec.oneForAll());

    assertThat(play.on(new Event.Begun())).containsExactly("ready");
  }

  /// SUP-1.
  @Test
  void aFailedStartStopsThoseBeforeInReverse() {
    Play play = new Play(SupervisorSpec.oneForOne(child("a"), child("b"), child("c")));
    play.on(new Event.Begun());
    play.on(new Event.Up(1));
    play.on(new Event.Up(2));

    assertThat(play.on(new Event.Failed(3, CRASH)))
        .containsExactly("over 3: give up, failed to start child c: crash", "stop 2");
    assertThat(play.on(new Event.Ended(2, ExitReason.shutdown())))
        .containsExactly("over 2: stopped with its supervisor", "stop 1");
    assertThat(play.on(new Event.Ended(1, ExitReason.shutdown())))
        .containsExactly(
            "over 1: stopped with its supervisor", "exit shutdown: failed to start child c: crash");
  }

  /// A crash while others start waits until they have.
  @Test
  void aCrashDuringTheStartWaits() {
    Play play = new Play(SupervisorSpec.oneForOne(child("a"), child("b")));
    play.on(new Event.Begun());
    play.on(new Event.Up(1));

    assertThat(play.on(new Event.Ended(1, CRASH))).isEmpty();
    assertThat(play.on(new Event.Up(2))).containsExactly("ready", "over 1: restart", "start 3");
  }

  /// One_for_one: a child that takes long to start holds up nobody.
  @Test
  void eachChildHasALaneOfItsOwn() {
    Play play = up(SupervisorSpec.oneForOne(child("a"), child("b")).withIntensity(MANY));

    assertThat(play.on(new Event.Ended(1, CRASH))).containsExactly("over 1: restart", "start 3");
    assertThat(play.on(new Event.Ended(2, CRASH))).containsExactly("over 2: restart", "start 4");
    assertThat(play.on(new Event.TerminateAsked(7, "a"))).isEmpty();
    assertThat(play.on(new Event.Up(4))).isEmpty();
    assertThat(play.on(new Event.Up(3))).containsExactly("stop 3");
  }

  /// One_for_all: one lane, so that a crash in the middle of a restart comes after it.
  @Test
  void aGroupHasOneLane() {
    Play play = up(SupervisorSpec.oneForAll(child("a"), child("b")).withIntensity(MANY));

    assertThat(play.on(new Event.Ended(2, CRASH))).containsExactly("over 2: restart", "stop 1");
    assertThat(play.on(new Event.Ended(1, ExitReason.shutdown())))
        .containsExactly("over 1: stopped to restart with others", "start 3");
    assertThat(play.on(new Event.Up(3))).containsExactly("start 4");
    assertThat(play.on(new Event.Ended(3, CRASH))).isEmpty();
    assertThat(play.on(new Event.Up(4))).containsExactly("over 3: restart", "stop 4");
  }

  /// A crash of one that a restart was going to stop anyway is part of it.
  @Test
  void aCrashBeforeTheStopIsAbsorbed() {
    Play play =
        up(SupervisorSpec.oneForAll(child("a"), child("b"), child("c")).withIntensity(MANY));

    assertThat(play.on(new Event.Ended(1, CRASH))).containsExactly("over 1: restart", "stop 3");
    assertThat(play.on(new Event.Ended(2, CRASH))).isEmpty();
    assertThat(play.on(new Event.Ended(3, ExitReason.shutdown())))
        .containsExactly(
            "over 3: stopped to restart with others",
            "over 2: stopped to restart with others",
            "start 4");
  }

  /// SUP-7: a message between two attempts, and nothing if the child was terminated meanwhile.
  @Test
  void aFailedRestartComesBackByMessage() {
    Play play = up(SupervisorSpec.oneForOne(child("a")).withIntensity(MANY));
    play.on(new Event.Ended(1, CRASH));

    assertThat(play.on(new Event.Failed(2, CRASH))).containsExactly("over 2: restart", "pause 1 0");
    assertThat(play.on(new Event.Resumed(1))).containsExactly("start 3");
    assertThat(play.on(new Event.Failed(3, CRASH))).containsExactly("over 3: restart", "pause 2 0");
    assertThat(play.on(new Event.TerminateAsked(7, "a"))).containsExactly("answer 7: Done[]");
    assertThat(play.on(new Event.Resumed(2))).isEmpty();
  }

  /// A start can be stopped before it is up, when the supervisor ends.
  @Test
  void theEndDoesNotWaitForAStart() {
    Play play = up(SupervisorSpec.oneForOne(child("a"), child("b")).withIntensity(MANY));
    play.on(new Event.Ended(2, CRASH));

    assertThat(play.on(new Event.StopAsked(CRASH))).containsExactly("stop 3");
    assertThat(play.on(new Event.Up(3))).isEmpty();
    assertThat(play.on(new Event.Ended(3, ExitReason.shutdown())))
        .containsExactly("over 3: stopped with its supervisor", "stop 1");
    assertThat(play.on(new Event.StopAsked(ExitReason.normal()))).isEmpty();
    assertThat(play.on(new Event.Ended(1, ExitReason.killed())))
        .containsExactly("over 1: stopped with its supervisor", "exit crash");
  }

  /// Who is being terminated when the supervisor ends is waited for once.
  @Test
  void theEndWaitsForAChildThatIsBeingTerminated() {
    Play play = up(SupervisorSpec.oneForOne(child("a"), child("b")));
    play.on(new Event.TerminateAsked(7, "b"));

    assertThat(play.on(new Event.StopAsked(CRASH))).isEmpty();
    assertThat(play.on(new Event.Ended(2, ExitReason.shutdown())))
        .containsExactly("over 2: stopped with its supervisor", "stop 1");
  }

  /// A child that chooses not to run just when it was to be stopped has stopped.
  @Test
  void theEndTakesIgnoredForStopped() {
    Play play = up(SupervisorSpec.oneForOne(child("a"), child("b")).withIntensity(MANY));
    play.on(new Event.Ended(2, CRASH));

    assertThat(play.on(new Event.StopAsked(CRASH))).containsExactly("stop 3");
    assertThat(play.on(new Event.Ignored(3)))
        .containsExactly("over 3: stopped with its supervisor", "stop 1");
  }

  /// Whoever waits when the supervisor ends hears of that instead.
  @Test
  void theEndServesNobodyWhoWaits() {
    Play play = up(SupervisorSpec.oneForAll(child("a"), child("b")));
    play.on(new Event.TerminateAsked(1, "a"));
    assertThat(play.on(new Event.DeleteAsked(2, "a"))).isEmpty();

    assertThat(play.on(new Event.StopAsked(CRASH))).containsExactly("stop 2");
    assertThat(play.on(new Event.Ended(1, ExitReason.shutdown())))
        .containsExactly("over 1: stopped with its supervisor");
    assertThat(play.on(new Event.Ended(2, ExitReason.shutdown())))
        .containsExactly("over 2: stopped with its supervisor", "exit crash");
  }

  @Test
  void saysThatAChildChoseNotToRun() {
    Play play = new Play(SupervisorSpec.oneForOne(child("a"), child("b")));
    play.on(new Event.Begun());

    assertThat(play.on(new Event.Ignored(1))).containsExactly("over 1: ignored", "start 2");
  }

  /// In a group, whoever waits behind a start that fails comes next.
  @Test
  void aStartThatFailsLetsTheNextRequestPass() {
    Play play = up(SupervisorSpec.oneForAll(child("a")));
    play.on(new Event.StartAsked(1, child("b")));
    assertThat(play.on(new Event.TerminateAsked(2, "a"))).isEmpty();

    assertThat(play.on(new Event.Failed(2, CRASH)))
        .containsExactly(
            "answer 1: Tried[run=2]", "over 2: forgotten, it was not started", "stop 1");
  }

  /// A child that does not come up again by request stays as it was, and can be asked for again.
  @Test
  void aRestartByRequestThatFailsMayBeTriedAgain() {
    Play play = up(SupervisorSpec.oneForAll(child("a"), child("b")));
    play.on(new Event.TerminateAsked(1, "a"));
    play.on(new Event.Ended(1, ExitReason.shutdown()));
    assertThat(play.on(new Event.RestartAsked(2, "a"))).containsExactly("start 3");

    assertThat(play.on(new Event.Failed(3, CRASH)))
        .containsExactly("answer 2: Tried[run=3]", "over 3: left stopped, it was not started");
    assertThat(play.on(new Event.RestartAsked(3, "a"))).containsExactly("start 4");
  }

  /// In a group, requests pass while a restart waits for its next attempt.
  @Test
  void aPauseLetsTheNextRequestPass() {
    Play play = up(SupervisorSpec.oneForAll(child("a"), child("b")).withIntensity(MANY));
    play.on(new Event.Ended(1, CRASH));
    play.on(new Event.Ended(2, ExitReason.shutdown()));
    assertThat(play.on(new Event.DeleteAsked(1, "nobody"))).isEmpty();

    assertThat(play.on(new Event.Failed(3, CRASH)))
        .containsExactly("over 3: restart", "pause 1 0", "answer 1: NotFound[]");
  }

  /// In a group, a request for a child that there is not waits for whoever may make it.
  @Test
  void aRequestForNobodyWaitsInAGroup() {
    Play group = up(SupervisorSpec.oneForAll(child("a")));
    group.on(new Event.TerminateAsked(1, "a"));
    assertThat(group.on(new Event.TerminateAsked(2, "nobody"))).isEmpty();

    Play single = up(SupervisorSpec.oneForOne(child("a")));
    single.on(new Event.TerminateAsked(1, "a"));
    assertThat(single.on(new Event.TerminateAsked(2, "nobody")))
        .containsExactly("answer 2: NotFound[]");
  }

  /// A thousand requests wait for a busy lane, no more.
  @Test
  void tooManyRequestsAreRefused() {
    Play play = up(SupervisorSpec.oneForAll(child("a")));
    play.on(new Event.TerminateAsked(1, "a"));
    for (int ticket = 2; ticket <= 1_001; ticket++) {
      assertThat(play.on(new Event.DeleteAsked(ticket, "a"))).isEmpty();
    }

    assertThat(play.on(new Event.DeleteAsked(1_002, "a"))).containsExactly("refuse 1002");
  }

  /// What concerns a run that is over is late, and nothing.
  @Test
  void lateNewsIsIgnored() {
    Play play = up(SupervisorSpec.oneForOne(child("a")));

    assertThat(play.on(new Event.Ended(99, CRASH))).isEmpty();
    assertThat(play.on(new Event.Up(99))).isEmpty();
    assertThat(play.on(new Event.Failed(99, CRASH))).isEmpty();
    assertThat(play.on(new Event.Ignored(99))).isEmpty();
    assertThat(play.on(new Event.Resumed(99))).isEmpty();
  }

  /// A supervisor that is told twice to begin has a bug above it.
  @Test
  void checksThatAFailedStartWasExpected() {
    Play play = up(SupervisorSpec.oneForOne(child("a")));

    assertThatIllegalStateException().isThrownBy(() -> play.on(new Event.Failed(1, CRASH)));
  }

  @Test
  void childrenHaveDifferentIds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupervisorSpec.oneForOne(child("a"), child("b"), child("a")))
        .withMessage("two children have the id a");
  }

  private static ChildSpec<String> child(String id) {
    return ChildSpec.permanent(id, PROCESS);
  }

  /// A supervisor with all children up.
  private static Play up(SupervisorSpec spec) {
    Play play = new Play(spec);
    play.on(new Event.Begun());
    for (int run = 1; run <= spec.children().size(); run++) {
      play.on(new Event.Up(run));
    }
    return play;
  }

  private static final class Play {
    private final SupervisorState state;

    Play(SupervisorSpec spec) {
      state = new SupervisorState(spec);
    }

    List<String> on(Event event) {
      return Words.of(state.step(Duration.ZERO, event));
    }
  }
}
