package dev.kith.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void ofAnOddNumberOfRoundsTheMiddleOneCounts() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9, 3));
  }

  @Test
  void ofAnEvenNumberTheMiddleOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(new Spread(3, 1, 100, 4));
  }

  @Test
  void ofOneRoundIsThatRound() {
    assertThat(Spread.of(List.of(5.0))).isEqualTo(new Spread(5, 5, 5, 1));
  }

  @Test
  void thereIsNoneOfNoRounds() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("a median of no rounds");
  }

  @Test
  void isInOrder() {
    assertThatThrownBy(() -> new Spread(3, 4, 5, 1)).hasMessageContaining("out of order");
  }
}
