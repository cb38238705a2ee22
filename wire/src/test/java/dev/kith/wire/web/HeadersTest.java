package dev.kith.wire.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @Test
  void namesIgnoreCaseAndValuesKeepTheirOrder() {
    var headers = Headers.of("Accept", "a").with("ACCEPT", "b");
    assertThat(headers.first("accept")).hasValue("a");
    assertThat(headers.all("Accept")).containsExactly("a", "b");
    assertThat(headers.first("other")).isEmpty();
  }

  @Test
  void addingLeavesTheOldOnesAlone() {
    var one = Headers.of("a", "1");
    one.with("b", "2");
    var seen = new ArrayList<String>();
    one.forEach((name, value) -> seen.add(name + "=" + value));
    assertThat(seen).containsExactly("a=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "é", "a\n"})
  void aNameMustBeAToken(String name) {
    assertThatThrownBy(() -> Headers.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nset-cookie: b", "a\u0000", "\u007f"})
  void aValueCannotSmuggleAnotherHeader(String value) {
    assertThatThrownBy(() -> Headers.of("x", value)).hasMessageContaining("control character");
  }

  @Test
  void valuesAreNotShown() {
    assertThat(Headers.of("authorization", "secret")).hasToString("Headers[authorization]");
  }
}
