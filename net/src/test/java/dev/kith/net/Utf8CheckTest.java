package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
  private static final int[] EDGES = {
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
    0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
  };

  @Test
  @Tag("slow")
  void agreesWithJavaOnAllSequencesOfFourBytesAtTheEdges() {
    for (int a : EDGES) {
      for (int b : EDGES) {
        for (int c : EDGES) {
          for (int d : EDGES) {
            agrees(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
          }
        }
      }
    }
  }

  @Test
  void agreesWithJavaOnRandomTextHoweverItIsCut() {
    var random = Seeded.by(20_25);
    for (int i = 0; i < 2_000; i++) {
      var text = random.ints(20, 0, 0x11_0000).toArray();
      var bytes = new String(text, 0, text.length).getBytes(StandardCharsets.UTF_8);
      if (random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int cut = random.nextInt(bytes.length);
      var check = new Utf8Check();
      boolean valid =
          check.accepts(bytes, 0, cut)
              && check.accepts(bytes, cut, bytes.length)
              && check.isComplete();
      assertThat(valid).isEqualTo(javaAccepts(bytes));
    }
  }

  private static void agrees(byte[] bytes) {
    var check = new Utf8Check();
    boolean valid = check.accepts(bytes, 0, bytes.length) && check.isComplete();
    assertThat(valid).isEqualTo(javaAccepts(bytes));
  }

  private static boolean javaAccepts(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
