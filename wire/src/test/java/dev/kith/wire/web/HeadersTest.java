package dev.kith.wire.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void pairsWithOneNameAreItsValues() {
    var headers =
        Headers.from(List.of(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("A", "3")));
    assertThat(headers.all("a")).containsExactly("1", "3");
    assertThat(headers).isEqualTo(Headers.of("a", "1").with("b", "2").with("A", "3"));
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
