package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  private final TokenBucket bucket = new TokenBucket(new RateLimit(10, 3), 0);

  @Test
  void aBurstIsFreeAndTheNextOneOwed() {
    assertThat(bucket.take(0)).isTrue();
    assertThat(bucket.take(0)).isTrue();
    assertThat(bucket.take(0)).isTrue();
    assertThat(bucket.take(0)).isFalse();
    assertThat(bucket.pauseNanos(0)).isEqualTo(SECOND / 10);
  }

  @Test
  void tokensComeBackWithTimeUpToTheBurst() {
    for (int i = 0; i < 4; i++) {
      bucket.take(0);
    }
    assertThat(bucket.pauseNanos(SECOND / 10)).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.take(100 * SECOND)).isTrue();
    }
    assertThat(bucket.take(100 * SECOND)).isFalse();
  }

  @Test
  void theLongRunKeepsTheRate() {
    int taken = 0;
    for (long now = 0; now < 100 * SECOND; now += SECOND / 100) {
      if (bucket.pauseNanos(now) == 0) {
        bucket.take(now);
        taken++;
      }
    }
    assertThat(taken).isBetween(900, 1_010);
  }
}
