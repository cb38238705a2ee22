package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a dynamic supervisor decides, without a process in sight.
class DynamicStateTest {
  private static final ProcessSpec<String> PROCESS =
      ProcessSpec.server(String.class, () -> (self, message) -> {});
  private static final ExitReason CRASH = new ExitReason.Custom("crash");
  private static final RestartIntensity MANY = RestartIntensity.of(100, Duration.ofSeconds(1));
  private static final RestartIntensity NONE = RestartIntensity.of(0, Duration.ofSeconds(1));

  private final DynamicState state =
      new DynamicState(DynamicSupervisorSpec.of(Restart.PERMANENT).withIntensity(MANY));

  private List<String> on(Event.Happened event) {
    return Words.of(state.step(Duration.ZERO, event));
  }

  private List<String> start(long ticket) {
    return Words.of(state.start(Duration.ZERO, ticket, PROCESS));
  }

  private List<String> terminate(long ticket, Long run) {
    return Words.of(state.terminate(Duration.ZERO, ticket, run));
  }

  /// Runs are numbered from one on; a request is answered when its child is up.
  @Test
  void startsByRequest() {
    assertThat(start(7)).containsExactly("start 1");
    assertThat(start(8)).containsExactly("start 2");
    assertThat(on(new Event.Up(1))).containsExactly("answer 7: Tried[run=1]");
    assertThat(on(new Event.Up(2))).containsExactly("answer 8: Tried[run=2]");
    assertThat(state.counts()).isEqualTo(new ChildCounts(2, 2, 0, 2));
  }

  @Test
  void restartsUnderANewNumber() {
    start(7);
    on(new Event.Up(1));

    assertThat(on(new Event.Ended(1, CRASH))).containsExactly("over 1: restart", "start 2");
    assertThat(state.counts()).isEqualTo(new ChildCounts(1, 0, 0, 1));
    assertThat(on(new Event.Failed(2, CRASH))).containsExactly("over 2: restart", "pause 1 0");
    assertThat(on(new Event.Resumed(1))).containsExactly("start 3");
    assertThat(on(new Event.Failed(3, CRASH))).containsExactly("over 3: restart", "pause 2 0");
    assertThat(on(new Event.Resumed(2))).containsExactly("start 4");
    assertThat(on(new Event.Up(4))).isEmpty();
    assertThat(state.counts()).isEqualTo(new ChildCounts(1, 1, 0, 1));
  }

  /// SUP-6: the restart that is one too many ends it, and starts nobody.
  @Test
  void givesUp() {
    DynamicState strict =
        new DynamicState(DynamicSupervisorSpec.of(Restart.PERMANENT).withIntensity(NONE));
    strict.start(Duration.ZERO, 7, PROCESS);
    strict.start(Duration.ZERO, 8, PROCESS);
    strict.step(Duration.ZERO, new Event.Up(1));
    strict.step(Duration.ZERO, new Event.Up(2));

    assertThat(Words.of(strict.step(Duration.ZERO, new Event.Ended(1, CRASH))))
        .containsExactly("over 1: give up, more than 0 restarts in 1s", "stop all");
    assertThat(Words.of(strict.step(Duration.ZERO, new Event.Ended(2, ExitReason.shutdown()))))
        .containsExactly("over 2: stopped with its supervisor", "exit shutdown");
  }

  /// A child that is being stopped is not active, and everybody who asked for that is answered.
  @Test
  void terminatesOnceForAllWhoAsk() {
    start(7);
    on(new Event.Up(1));

    assertThat(terminate(8, 1L)).containsExactly("stop 1");
    assertThat(terminate(9, 1L)).isEmpty();
    assertThat(state.counts()).isEqualTo(new ChildCounts(1, 0, 0, 1));
    assertThat(on(new Event.Ended(1, ExitReason.shutdown())))
        .containsExactly("over 1: stopped by request", "answer 8: Done[]", "answer 9: Done[]");
    assertThat(terminate(10, 1L)).containsExactly("answer 10: NotFound[]");
    assertThat(terminate(11, null)).containsExactly("answer 11: NotFound[]");
  }

  /// One that is stopped before it is up was tried, for whoever started it.
  @Test
  void aStartThatIsStoppedIsAnsweredToo() {
    start(7);
    terminate(8, 1L);

    assertThat(on(new Event.Up(1))).isEmpty();
    assertThat(on(new Event.Ended(1, ExitReason.shutdown())))
        .containsExactly(
            "answer 7: Tried[run=1]", "over 1: stopped by request", "answer 8: Done[]");
  }

  /// Once it ends it starts nobody, stops nobody by request and answers nobody.
  @Test
  void doesNothingMoreOnceItEnds() {
    start(7);
    on(new Event.Up(1));

    assertThat(on(new Event.StopAsked(CRASH))).containsExactly("stop all");
    assertThat(on(new Event.StopAsked(ExitReason.normal()))).isEmpty();
    assertThat(start(8)).isEmpty();
    assertThat(terminate(9, 1L)).isEmpty();
    assertThat(on(new Event.Ended(1, CRASH)))
        .containsExactly("over 1: stopped with its supervisor", "exit crash");
  }

  /// Who only waits for another attempt is forgotten at the end.
  @Test
  void endsAtOnceIfAllWait() {
    start(7);
    on(new Event.Up(1));
    on(new Event.Ended(1, CRASH));
    on(new Event.Failed(2, CRASH));

    assertThat(on(new Event.StopAsked(CRASH))).containsExactly("exit crash");
    assertThat(on(new Event.Resumed(1))).isEmpty();
  }
}
