package dev.kith.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.CloseCode;
import dev.kith.wire.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private static final MessageLimits LIMITS = new MessageLimits(100, 800);

  private final Told told = new Told();
  private final MessageReader reader = new MessageReader(LIMITS, told);

  @Test
  void aMessageOverTheSoftLimitIsToldOnceAndTheNextIsRead() {
    read(RawPeer.masked(RawPeer.TEXT, new byte[60]));
    read(RawPeer.masked(0, new byte[60]));
    read(RawPeer.masked(0, new byte[600]));
    read(RawPeer.masked(RawPeer.FIN, new byte[0]));
    read(RawPeer.masked(RawPeer.FIN | RawPeer.TEXT, "next".getBytes(UTF_8)));
    assertThat(told.events).containsExactly("oversized", "next");
  }

  @Test
  void aMessageOverTheHardLimitIsRefusedByItsHeader() {
    var frame = RawPeer.masked(RawPeer.FIN | RawPeer.BINARY, new byte[801]);
    read(Arrays.copyOf(frame, 8));
    assertThat(told.events).containsExactly("violation 1009");
  }

  @Test
  void fragmentsAddUpToTheHardLimit() {
    read(RawPeer.masked(RawPeer.BINARY, new byte[400]));
    read(RawPeer.masked(0, new byte[400]));
    read(RawPeer.masked(0, new byte[1]));
    assertThat(told.events).containsExactly("oversized", "violation 1009");
  }

  @Test
  void noMoreFramesAreReadThanAreWanted() {
    told.wants = 2;
    var in = bytes(RawPeer.masked(RawPeer.FIN | RawPeer.TEXT, "a".getBytes(UTF_8)), 3);
    reader.read(in);
    assertThat(told.events).containsExactly("a", "a");
    assertThat(in.readableBytes()).isEqualTo(7);
    told.wants = 1;
    reader.read(in);
    assertThat(told.events).hasSize(3);
  }

  /// Random messages in random fragments, cut at random places, come out as they went in.
  @Test
  void howeverBytesAreCutTheMessagesAreTheSame() {
    for (int seed = 0; seed < 300; seed++) {
      var random = Seeded.by(seed);
      var expected = new ArrayList<String>();
      var sent = conversation(random, expected);
      var heard = new Told();
      var fresh = new MessageReader(LIMITS, heard);
      for (int from = 0; from < sent.length; ) {
        int to = Math.min(sent.length, from + 1 + random.nextInt(40));
        fresh.read(Unpooled.wrappedBuffer(sent, from, to - from));
        from = to;
      }
      assertThat(heard.events).as("seed %d", seed).isEqualTo(expected);
    }
  }

  /// Whatever comes, the reader neither throws nor goes on after an end.
  @Test
  void noiseEndsInAViolationAtMostOnce() {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = Seeded.by(seed);
      var noise = new byte[300];
      random.nextBytes(noise);
      for (int i = 0; i < noise.length; i += 1 + random.nextInt(30)) {
        noise[i] = (byte) (0x80 | random.nextInt(3));
      }
      var heard = new Told();
      new MessageReader(LIMITS, heard).read(Unpooled.wrappedBuffer(noise));
      assertThat(heard.ends).as("seed %d", seed).isLessThanOrEqualTo(1);
    }
  }

  private static byte[] conversation(Random random, List<String> expected) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < 30; i++) {
      var text = "é".repeat(random.nextInt(70));
      var bytes = text.getBytes(UTF_8);
      int first = RawPeer.TEXT;
      int from = 0;
      while (random.nextBoolean()) {
        int to = from + random.nextInt(bytes.length - from + 1);
        out.writeBytes(RawPeer.masked(first, Arrays.copyOfRange(bytes, from, to)));
        out.writeBytes(RawPeer.masked(RawPeer.FIN | RawPeer.PONG, new byte[3]));
        first = 0;
        from = to;
      }
      var rest = Arrays.copyOfRange(bytes, from, bytes.length);
      out.writeBytes(RawPeer.masked(RawPeer.FIN | first, rest));
      expected.add(bytes.length > LIMITS.softBytes() ? "oversized" : text);
    }
    return out.toByteArray();
  }

  private void read(byte[] bytes) {
    reader.read(Unpooled.wrappedBuffer(bytes));
  }

  private static ByteBuf bytes(byte[] frame, int times) {
    var all = Unpooled.buffer();
    for (int i = 0; i < times; i++) {
      all.writeBytes(frame);
    }
    return all;
  }

  private static final class Told implements MessageReader.Sink {
    final List<String> events = new ArrayList<>();
    int wants = Integer.MAX_VALUE;
    int ends;

    @Override
    public boolean takesMore() {
      return wants > 0;
    }

    @Override
    public void frame() {
      wants--;
      assertThat(ends).isZero();
    }

    @Override
    public void message(Payload message) {
      events.add(message.text());
    }

    @Override
    public void oversized() {
      events.add("oversized");
    }

    @Override
    public void ping(byte[] payload) {}

    @Override
    public void goodbye(CloseCode code, String reason) {
      ends++;
      events.add("goodbye " + code.value());
    }

    @Override
    public void violation(CloseCode code, String what) {
      ends++;
      events.add("violation " + code.value());
    }
  }
}
