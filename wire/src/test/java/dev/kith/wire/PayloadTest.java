package dev.kith.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PayloadTest {
  @Test
  void textIsUtf8() {
    var payload = Payload.text("é🦉");
    assertThat(payload.kind()).isEqualTo(Payload.Kind.TEXT);
    assertThat(payload.size()).isEqualTo(6);
    assertThat(payload.text()).isEqualTo("é🦉");
  }

  @Test
  void binaryIsACopyAndCannotBeChanged() {
    byte[] bytes = {1, 2};
    var payload = Payload.binary(bytes);
    bytes[0] = 9;
    assertThat(payload.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(payload.bytes().isReadOnly()).isTrue();
  }

  @Test
  void equalsByKindAndBytes() {
    assertThat(Payload.text("a"))
        .isEqualTo(Payload.owning(Payload.Kind.TEXT, new byte[] {'a'}))
        .isNotEqualTo(Payload.binary(new byte[] {'a'}))
        .hasSameHashCodeAs(Payload.text("a"));
  }

  @Test
  void doesNotShowWhatUsersWrote() {
    assertThat(Payload.text("secret")).hasToString("TEXT(6 bytes)");
  }
}
