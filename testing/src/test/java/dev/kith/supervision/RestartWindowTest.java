package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// SUP-6: how many restarts within which time are too many.
class RestartWindowTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  @Test
  void theStandardGivesUpAtTheSecondRestartInFiveSeconds() {
    assertThat(givesUp(RestartIntensity.standard(), 0)).isFalse();
    assertThat(givesUp(RestartIntensity.standard(), 0, 4_999)).isTrue();
    assertThat(givesUp(RestartIntensity.standard(), 0, 5_001)).isFalse();
  }

  /// Stamps that are as old as the window still count.
  @Test
  void theEdgeOfTheWindowIsInside() {
    assertThat(givesUp(RestartIntensity.standard(), 0, 5_000)).isTrue();
  }

  @Test
  void zeroRestartsGiveUpAtTheFirst() {
    assertThat(givesUp(RestartIntensity.of(0, FIVE_SECONDS), 0)).isTrue();
  }

  @Test
  void theWindowSlides() {
    RestartIntensity two = RestartIntensity.of(2, FIVE_SECONDS);

    assertThat(givesUp(two, 0, 3_000, 6_000, 9_000, 12_000)).isFalse();
    assertThat(givesUp(two, 0, 3_000, 6_000, 7_000)).isTrue();
  }

  /// Ours: milliseconds.
  @Test
  void byMillisecondsTheWindowIsAsLongAsItSays() {
    RestartIntensity one = RestartIntensity.of(1, Duration.ofSeconds(1));

    assertThat(givesUp(one, 100, 1_900)).isFalse();
  }

  /// OTP's whole seconds: 1.8 s apart, and still inside a window of one second.
  @Test
  void byWholeSecondsTheWindowMayBeASecondLonger() {
    RestartIntensity one = RestartIntensity.of(1, Duration.ofSeconds(1)).inWholeSeconds();

    assertThat(givesUp(one, 100, 1_900)).isTrue();
    assertThat(givesUp(one, 100, 2_000)).isFalse();
  }

  /// The origin of the clock is anywhere.
  @Test
  void timesBeforeTheOriginCountAlike() {
    assertThat(givesUp(RestartIntensity.standard(), -4_000, 999)).isTrue();
    assertThat(givesUp(RestartIntensity.standard(), -4_000, 1_001)).isFalse();
  }

  @Test
  void remembersNoMoreThanTheLimit() {
    var two = List.of(new RestartWindow.Moment(2, 1), new RestartWindow.Moment(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestartWindow(RestartIntensity.standard(), two));
  }

  @Test
  void manyInTheSameMomentAreOneEntryAndCountEach() {
    assertThat(givesUp(RestartIntensity.of(3, FIVE_SECONDS), 7, 7, 7)).isFalse();
    assertThat(givesUp(RestartIntensity.of(3, FIVE_SECONDS), 7, 7, 7, 7)).isTrue();
    assertThat(givesUp(RestartIntensity.of(3, FIVE_SECONDS), 7, 7, 8, 8)).isTrue();
    assertThat(givesUp(RestartIntensity.of(3, FIVE_SECONDS), 7, 7, 5_008, 5_008)).isFalse();
  }

  @Test
  void aWindowHasALengthAndRestartsAreNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> RestartIntensity.of(-1, FIVE_SECONDS));
    assertThatIllegalArgumentException().isThrownBy(() -> RestartIntensity.of(1, Duration.ZERO));
  }

  /// Whether the last of these attempts is one too many; those before are not.
  private static boolean givesUp(RestartIntensity limit, long... millis) {
    RestartWindow window = RestartWindow.empty(limit);
    for (int i = 0; i < millis.length - 1; i++) {
      window = allowed(window.restartAt(Duration.ofMillis(millis[i])));
    }
    return window.restartAt(Duration.ofMillis(millis[millis.length - 1]))
        instanceof RestartWindow.Verdict.GivenUp;
  }

  private static RestartWindow allowed(RestartWindow.Verdict verdict) {
    assertThat(verdict).isInstanceOf(RestartWindow.Verdict.Allowed.class);
    return ((RestartWindow.Verdict.Allowed) verdict).next();
  }
}
