package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// JVM-9 on a real clock.
class RealTimerTest {

  /// Rings in a process of its own, and counts if it was too early.
  private static Server<String> ringing(int millis, CountDownLatch rung, AtomicInteger early) {
    return new Server<>() {
      private long dueAt;

      @Override
      public void started(Self<String> self) {
        dueAt = self.node().clock().nanos() + Duration.ofMillis(millis).toNanos();
        self.sendAfter(Duration.ofMillis(millis), "ring");
      }

      @Override
      public void handle(Self<String> self, String message) {
        if (self.node().clock().nanos() < dueAt) {
          early.incrementAndGet();
        }
        rung.countDown();
      }
    };
  }

  /// A hundred thousand processes with a timer each: all ring, none too early.
  @Test
  void ringsInManyProcesses() throws Exception {
    int count = 100_000;
    SplittableRandom chance = new SplittableRandom(1);
    try (RealNode real = RealNode.start()) {
      CountDownLatch rung = new CountDownLatch(count);
      AtomicInteger early = new AtomicInteger();
      for (int i = 0; i < count; i++) {
        int millis = 1 + chance.nextInt(500);
        real.node.spawn(String.class, () -> ringing(millis, rung, early));
      }
      RealNode.await("all timers", rung);
      assertThat(early).hasValue(0);
    }
  }

  /// A million pending timers in one process, most of them cancelled, keep nothing from ringing.
  @Test
  void ringsAmongAMillion() throws Exception {
    int count = 1_000_000;
    try (RealNode real = RealNode.start()) {
      CountDownLatch rung = new CountDownLatch(1_000);
      real.node.spawn(
          ProcessSpec.server(
              String.class,
              () ->
                  new Server<>() {
                    @Override
                    public void started(Self<String> self) {
                      for (int i = 0; i < count; i++) {
                        boolean rings = i % 1_000 == 0;
                        Cancel timer =
                            self.sendAfter(
                                Duration.ofMillis(rings ? 1 + i % 97 : 3_600_000), "ring");
                        if (i % 3 == 0 && !rings) {
                          timer.cancel();
                        }
                      }
                    }

                    @Override
                    public void handle(Self<String> self, String message) {
                      rung.countDown();
                    }
                  }));
      RealNode.await("the timers that are due", rung);
    }
  }
}
