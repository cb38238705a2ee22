package dev.kith.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseCodeTest {
  @ParameterizedTest
  @ValueSource(ints = {999, 5000, -1})
  void thereAreNoCodesOutsideTheRange(int value) {
    assertThatThrownBy(() -> new CloseCode(value)).hasMessageContaining("" + value);
  }

  @ParameterizedTest
  @ValueSource(ints = {1004, 1005, 1006, 1015, 1016, 2999})
  void someAreNeverSent(int value) {
    assertThat(new CloseCode(value).isSendable()).isFalse();
  }

  @Test
  void ordinaryOnesAndTheApplicationsOwnAreSent() {
    assertThat(CloseCode.NORMAL.isSendable()).isTrue();
    assertThat(CloseCode.TRY_AGAIN_LATER.isSendable()).isTrue();
    assertThat(new CloseCode(4000).isSendable()).isTrue();
  }
}
