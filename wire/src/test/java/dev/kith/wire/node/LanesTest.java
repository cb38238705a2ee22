package dev.kith.wire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// NOD-6: what goes into lanes comes out of them.
class LanesTest {
  private final FrameWriter writer = new FrameWriter(Integer.MAX_VALUE);
  private final FrameReader reader = new FrameReader();

  private static Output signal(int length, int mark) {
    Output out = new Output();
    Outbound.begin(out);
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) mark);
    out.raw(body, 0, length);
    return out;
  }

  private void drain(Outbound outbound, Inbound inbound, Map<Integer, List<byte[]>> into) {
    for (ByteBuffer bytes = outbound.poll(writer); bytes != null; bytes = outbound.poll(writer)) {
      String wrong =
          reader.read(
              bytes,
              frame ->
                  inbound.take(
                      frame.lane(),
                      frame.body(),
                      signal ->
                          into.computeIfAbsent(frame.lane(), _ -> new ArrayList<>())
                              .add(signal.rest())));
      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void signalsOfAnyLengthComeInOrder() {
    for (int seed = 0; seed < 10; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      Outbound outbound = new Outbound();
      Inbound inbound = new Inbound(8 << 20);
      Map<Integer, List<Integer>> sent = new HashMap<>();
      Map<Integer, List<byte[]>> came = new HashMap<>();
      for (int i = 0; i < 100; i++) {
        int lane = chance.nextInt(Frame.LANES);
        int length = 1 + lengthOf(chance);
        sent.computeIfAbsent(lane, _ -> new ArrayList<>()).add(length);
        outbound.append(lane, signal(length, i));
        if (chance.nextInt(10) == 0) {
          drain(outbound, inbound, came);
        }
      }
      drain(outbound, inbound, came);
      for (int lane = 0; lane < Frame.LANES; lane++) {
        assertThat(outbound.bytes(lane)).isZero();
      }
      sent.forEach((lane, lengths) ->
          assertThat(came.get(lane)).extracting(body -> body.length).isEqualTo(lengths));
    }
  }

  private static int lengthOf(SplittableRandom chance) {
    return switch (chance.nextInt(6)) {
      case 0 -> chance.nextInt(3 << 20);
      case 1 -> chance.nextInt(200_000);
      default -> chance.nextInt(300);
    };
  }

  /// A hundred megabytes in one lane delay another by a frame.
  @Test
  void aLongSignalLetsOthersBetween() {
    Outbound outbound = new Outbound();
    outbound.append(1, signal(100 << 20, 1));
    outbound.poll(writer);
    outbound.append(2, signal(10, 2));
    int frames = 0;
    for (boolean found = false; !found; frames++) {
      found = outbound.poll(writer).getShort(2) == 2;
    }
    assertThat(frames).isLessThanOrEqualTo(2);
  }

  /// Two long signals do not come mixed: the receiver keeps one at a time.
  @Test
  void longSignalsTakeTurns() {
    Outbound outbound = new Outbound();
    outbound.append(1, signal(2 << 20, 1));
    outbound.append(2, signal(2 << 20, 2));
    Map<Integer, List<byte[]>> came = new HashMap<>();
    drain(outbound, new Inbound((2 << 20) + 10), came);
    assertThat(came.get(1).getFirst()).hasSize(2 << 20);
    assertThat(came.get(2).getFirst()).hasSize(2 << 20);
  }

  @Test
  void keepsNoMoreThanAllowed() {
    Inbound inbound = new Inbound(1_000);
    Output out = new Output();
    out.var(1_001);
    assertThatThrownBy(() -> inbound.take(0, out.copy(), signal -> {}))
        .isInstanceOf(Malformed.class);
  }
}
