package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final FrameWriter writer = new FrameWriter(1_000);
  private final FrameReader reader = new FrameReader();
  private final List<Frame> read = new ArrayList<>();

  private String read(ByteBuffer bytes) {
    return reader.read(bytes, read::add);
  }

  @Test
  void comesAsItWent() {
    byte[] body = {1, 2, 3};
    assertThat(read(writer.frame(Frame.Kind.HELLO, body))).isEmpty();
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().kind()).isEqualTo(Frame.Kind.HELLO);
    assertThat(read.getFirst().body()).isEqualTo(body);
  }

  @Test
  void comesInPiecesOfAnySize() {
    SplittableRandom chance = new SplittableRandom(1);
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    for (int i = 0; i < 20; i++) {
      byte[] body = new byte[chance.nextInt(20_000)];
      chance.nextBytes(body);
      all.put(writer.frame(Frame.Kind.TYPES, body));
    }
    all.flip();
    while (all.hasRemaining()) {
      int count = Math.min(all.remaining(), 1 + chance.nextInt(5_000));
      assertThat(read(all.slice(all.position(), count))).isEmpty();
      all.position(all.position() + count);
    }
    assertThat(read).hasSize(20);
  }

  @Test
  void isCompressedWhenThatHelps() {
    byte[] dull = new byte[50_000];
    Arrays.fill(dull, (byte) 7);
    ByteBuffer frame = writer.frame(Frame.Kind.TYPES, dull);
    assertThat(frame.remaining()).isLessThan(1_000);
    assertThat(read(frame)).isEmpty();
    assertThat(read.getFirst().body()).isEqualTo(dull);
    byte[] random = new byte[50_000];
    new SplittableRandom(1).nextBytes(random);
    assertThat(writer.frame(Frame.Kind.TYPES, random).remaining())
        .isEqualTo(Frame.HEADER + random.length);
  }

  @Test
  void saysWhatIsWrong() {
    ByteBuffer changed = writer.frame(Frame.Kind.HELLO, new byte[] {1, 2, 3});
    changed.put(Frame.HEADER, (byte) 9);
    assertThat(read(changed)).contains("checksum");
    ByteBuffer huge = ByteBuffer.allocate(Frame.HEADER).putInt(4, Integer.MAX_VALUE);
    assertThat(new FrameReader().read(huge, read::add)).contains("2147483647 bytes");
    assertThat(
            new FrameReader()
                .read(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII)), read::add))
        .isNotEmpty();
    assertThat(read).isEmpty();
  }
}
