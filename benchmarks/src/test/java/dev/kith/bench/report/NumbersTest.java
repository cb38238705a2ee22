package dev.kith.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void haveThreeDigitsThatCount() {
    assertThat(Numbers.brief(0.5)).isEqualTo("0.50");
    assertThat(Numbers.brief(1.234)).isEqualTo("1.23");
    assertThat(Numbers.brief(12.34)).isEqualTo("12.3");
    assertThat(Numbers.brief(123.4)).isEqualTo("123");
    assertThat(Numbers.brief(1234)).isEqualTo("1,234");
    assertThat(Numbers.brief(12_340)).isEqualTo("12.3 k");
    assertThat(Numbers.brief(28_100_000)).isEqualTo("28.1 M");
  }
}
