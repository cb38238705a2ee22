package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.wire.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Allowance allowance = new Allowance(1 << 20, new LongAdder());
  private final Outbox outbox =
      new Outbox(new OutboundLimits(100, 20, Duration.ofSeconds(1)), allowance);

  private Parcel parcel(Opcode opcode, String payload) {
    return new Parcel(opcode, Payload.text(payload), allowance);
  }

  private Parcel text(String text) {
    return parcel(Opcode.TEXT, text);
  }

  /// A frame of ten bytes.
  private Parcel ten() {
    return text("12345678");
  }

  @Test
  void framesAreHandedOverInOrder() {
    outbox.offer(text("a"), 1);
    outbox.offer(text("b"), 2);
    assertThat(outbox.waiting().payload().text()).isEqualTo("a");
    outbox.hand();
    assertThat(outbox.waiting().payload().text()).isEqualTo("b");
    outbox.hand();
    assertThat(outbox.hasWaiting()).isFalse();
  }

  @Test
  void bytesCountUntilSettled() {
    outbox.offer(ten(), 1);
    outbox.hand();
    assertThat(outbox.bytes()).isEqualTo(10);
    outbox.settle(1);
    assertThat(outbox.bytes()).isZero();
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void bytesAreBounded() {
    for (int i = 0; i < 10; i++) {
      assertThat(outbox.offer(ten(), 1)).isEmpty();
    }
    assertThat(outbox.offer(ten(), 1)).contains(Refusal.OUTBOUND_BYTES);
    assertThat(outbox.bytes()).isEqualTo(100);
  }

  @Test
  void framesAreBounded() {
    for (int i = 0; i < 20; i++) {
      assertThat(outbox.offer(text(""), 1)).isEmpty();
    }
    assertThat(outbox.offer(text(""), 1)).contains(Refusal.OUTBOUND_FRAMES);
  }

  @Test
  void theOldestIsTheFirstNotSettled() {
    outbox.offer(ten(), 5);
    outbox.offer(ten(), 7);
    outbox.hand();
    assertThat(outbox.oldest()).isEqualTo(5);
    outbox.settle(1);
    assertThat(outbox.oldest()).isEqualTo(7);
  }

  @Test
  void abandonedAreMessagesThatWaited() {
    outbox.offer(ten(), 1);
    outbox.hand();
    outbox.offer(ten(), 1);
    outbox.offer(parcel(Opcode.PING, ""), 1);
    assertThat(outbox.abandonWaiting()).isEqualTo(1);
    assertThat(outbox.bytes()).isEqualTo(10);
    assertThat(outbox.abandonAll()).isEqualTo(1);
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void settlingWhatWasNotHandedIsRefused() {
    outbox.offer(ten(), 1);
    assertThatThrownBy(() -> outbox.settle(1)).hasMessageContaining("size 1, handed 0");
  }

  @Test
  void whatIsKeptIsChargedUntilItIsGone() {
    for (int i = 0; i < 10; i++) {
      outbox.offer(ten(), 1);
    }
    outbox.hand();
    assertThat(allowance.held()).isGreaterThan(outbox.held()).isGreaterThan(100);
    outbox.settle(1);
    outbox.abandonWaiting();
    assertThat(outbox.held()).isZero();
    assertThat(allowance.held()).isZero();
  }

  @Test
  void whatManyBoxesHoldIsChargedOnce() {
    var large = text("x".repeat(80));
    var other = new Outbox(OutboundLimits.standard(), allowance);
    outbox.offer(large, 1);
    long one = allowance.held();
    other.offer(large, 1);
    assertThat(allowance.held() - one).isPositive().isLessThan(one);
    outbox.abandonAll();
    assertThat(allowance.held()).isEqualTo(one);
    other.abandonAll();
    assertThat(allowance.held()).isZero();
  }

  @Test
  void aRingThatWasLargeBecomesSmallAgain() {
    var big = new Outbox(OutboundLimits.standard(), allowance);
    for (int i = 0; i < 1_000; i++) {
      big.offer(text("" + i), i);
      big.hand();
    }
    long large = big.held();
    big.settle(990);
    big.tidy();
    assertThat(big.held()).isLessThan(large / 20);
    assertThat(big.oldest()).isEqualTo(990);
    big.settle(10);
    big.tidy();
    assertThat(allowance.held()).isZero();
  }

  /// The ring against a queue, wrapping many times.
  @Test
  void behavesLikeAQueueUnderRandomUse() {
    var random = Seeded.by(7);
    var model = new ArrayDeque<String>();
    var big = new Outbox(new OutboundLimits(1 << 20, 64, Duration.ofSeconds(1)), allowance);
    for (int i = 0; i < 50_000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          var text = "m" + i;
          if (big.offer(text(text), i).isEmpty()) {
            model.add(text);
          }
        }
        case 1 -> {
          if (big.hasWaiting()) {
            assertThat(big.waiting().payload().text())
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
          big.tidy();
        }
      }
      assertThat(big.bytes()).isEqualTo(model.stream().mapToLong(s -> s.length() + 2).sum());
    }
  }
}
