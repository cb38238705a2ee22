package dev.kith.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Metric;
import dev.kith.bench.workload.Figures;
import org.junit.jupiter.api.Test;

class WarmthTest {
  private static final Metric THROUGHPUT = Benchmark.PING_PONG.metrics().getFirst();
  private static final Metric TIME = Benchmark.SKYNET_1M.metrics().getFirst();
  private static final Pace LONG = new Pace(100_000, 1, 1);
  private static final Pace OVER = new Pace(0, 1, 1);

  @Test
  void settlesWhenRoundsStopGettingBetter() {
    assertThat(after(LONG, THROUGHPUT, 10).isSettled()).isFalse();
    assertThat(after(LONG, THROUGHPUT, 10, 20).isSettled()).isFalse();
    assertThat(after(LONG, THROUGHPUT, 10, 20, 20.5).isSettled()).isTrue();
    assertThat(after(LONG, THROUGHPUT, 10, 20, 20.5, 22).isSettled()).isFalse();
  }

  @Test
  void whereLessIsBetterItSettlesWhenRoundsStopGettingLess() {
    assertThat(after(LONG, TIME, 20, 10).isSettled()).isFalse();
    assertThat(after(LONG, TIME, 20, 10, 9.8).isSettled()).isTrue();
    assertThat(after(LONG, TIME, 20, 10, 9.8, 9).isSettled()).isFalse();
  }

  @Test
  void isNotEnoughBeforeItsTime() {
    assertThat(after(LONG, THROUGHPUT, 10, 10, 10).isEnough()).isFalse();
  }

  @Test
  void isEnoughInTheEndEvenIfRoundsGetBetterAndBetter() {
    assertThat(after(OVER, THROUGHPUT, 10, 20, 40).isEnough()).isTrue();
  }

  private static Warmth after(Pace pace, Metric metric, double... rounds) {
    var warmth = new Warmth(metric, pace);
    for (var round : rounds) {
      warmth.add(Figures.of(round));
    }
    return warmth;
  }
}
