package dev.kith.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final long MILLI = 1_000_000;

  @Test
  void makesEveryCallAtItsTime() throws Exception {
    var timetable = new Timetable(5, MILLI);
    var watch = Stopwatch.start();

    timetable.run(() -> Calls.NUMBER);

    timetable.checkThrough();
    assertThat(watch.nanos()).isGreaterThanOrEqualTo(4 * MILLI);
  }

  /// The first call takes three intervals, so the second was due two ago.
  @Test
  void whoWasHeldUpPaysFromWhenItsCallWasDue() throws Exception {
    var timetable = new Timetable(2, MILLI);
    var first = new boolean[] {true};

    timetable.run(() -> {
      hold(first[0] ? 3 * MILLI : 0);
      first[0] = false;
      return Calls.NUMBER;
    });

    assertThat(timetable.microsUnder(0.5)[0]).isGreaterThanOrEqualTo(2000);
    assertThat(timetable.microsUnder(1)[0]).isGreaterThanOrEqualTo(3000);
  }

  @Test
  void anAnswerThatIsWrongIsNoAnswer() {
    var timetable = new Timetable(1, 0);

    assertThatThrownBy(() -> timetable.run(() -> 0)).hasMessage("answer: 7 expected, 0 found");
    assertThatThrownBy(timetable::checkThrough).hasMessage("calls made: 1 expected, 0 found");
  }

  private static void hold(long nanos) {
    var watch = Stopwatch.start();
    while (watch.nanos() < nanos) {
      Thread.onSpinWait();
    }
  }
}
