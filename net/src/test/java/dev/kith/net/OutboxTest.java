package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.wire.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Payload TEN = Payload.binary(new byte[8]);

  private final Outbox outbox = new Outbox(new OutboundLimits(100, 20, Duration.ofSeconds(1)));

  @Test
  void framesAreHandedOverInOrder() {
    outbox.offer(Opcode.TEXT, Payload.text("a"), 1);
    outbox.offer(Opcode.TEXT, Payload.text("b"), 2);
    assertThat(outbox.waitingPayload().text()).isEqualTo("a");
    outbox.hand();
    assertThat(outbox.waitingPayload().text()).isEqualTo("b");
    outbox.hand();
    assertThat(outbox.hasWaiting()).isFalse();
  }

  @Test
  void bytesCountUntilSettled() {
    outbox.offer(Opcode.BINARY, TEN, 1);
    outbox.hand();
    assertThat(outbox.bytes()).isEqualTo(10);
    outbox.settle(1);
    assertThat(outbox.bytes()).isZero();
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void bytesAreBounded() {
    for (int i = 0; i < 10; i++) {
      assertThat(outbox.offer(Opcode.BINARY, TEN, 1)).isEmpty();
    }
    assertThat(outbox.offer(Opcode.BINARY, TEN, 1)).contains(Refusal.OUTBOUND_BYTES);
    assertThat(outbox.bytes()).isEqualTo(100);
  }

  @Test
  void framesAreBounded() {
    for (int i = 0; i < 20; i++) {
      assertThat(outbox.offer(Opcode.TEXT, Payload.text(""), 1)).isEmpty();
    }
    assertThat(outbox.offer(Opcode.TEXT, Payload.text(""), 1)).contains(Refusal.OUTBOUND_FRAMES);
  }

  @Test
  void theOldestIsTheFirstNotSettled() {
    outbox.offer(Opcode.BINARY, TEN, 5);
    outbox.offer(Opcode.BINARY, TEN, 7);
    outbox.hand();
    assertThat(outbox.oldest()).isEqualTo(5);
    outbox.settle(1);
    assertThat(outbox.oldest()).isEqualTo(7);
  }

  @Test
  void abandonedAreMessagesThatWaited() {
    outbox.offer(Opcode.BINARY, TEN, 1);
    outbox.hand();
    outbox.offer(Opcode.BINARY, TEN, 1);
    outbox.offer(Opcode.PING, Payload.text(""), 1);
    assertThat(outbox.abandonWaiting()).isEqualTo(1);
    assertThat(outbox.bytes()).isEqualTo(10);
    assertThat(outbox.abandonAll()).isEqualTo(1);
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void settlingWhatWasNotHandedIsRefused() {
    outbox.offer(Opcode.BINARY, TEN, 1);
    assertThatThrownBy(() -> outbox.settle(1)).hasMessageContaining("size 1, handed 0");
  }

  /// The ring against a queue, wrapping many times.
  @Test
  void behavesLikeAQueueUnderRandomUse() {
    var random = Seeded.by(7);
    var model = new ArrayDeque<String>();
    var big = new Outbox(new OutboundLimits(1 << 20, 64, Duration.ofSeconds(1)));
    for (int i = 0; i < 50_000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          var text = "m" + i;
          if (big.offer(Opcode.TEXT, Payload.text(text), i).isEmpty()) {
            model.add(text);
          }
        }
        case 1 -> {
          if (big.hasWaiting()) {
            assertThat(big.waitingPayload().text())
                .isEqualTo(model.stream().skip(big.handed()).findFirst().orElseThrow());
            big.hand();
          }
        }
        default -> {
          int count = random.nextInt(big.handed() + 1);
          big.settle(count);
          for (int j = 0; j < count; j++) {
            model.remove();
          }
        }
      }
      assertThat(big.bytes()).isEqualTo(model.stream().mapToLong(s -> s.length() + 2).sum());
    }
  }
}
