package dev.kith.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  /// Takes a microsecond for each piece of work, and remembers how much it was given.
  private static final class Steady implements Workload {
    private final List<Long> amounts = new ArrayList<>();

    @Override
    public Figures run(long amount) {
      amounts.add(amount);
      Stopwatch watch = Stopwatch.start();
      while (watch.nanos() < amount * 1000) {
        Thread.onSpinWait();
      }
      return Figures.of((double) amount);
    }

    @Override
    public void close() {}
  }

  @Test
  void anAdaptedAmountFillsARound() throws Exception {
    var workload = new Steady();

    var figures = new Rounds(Benchmark.RING_10K, workload, new Pace(20, 10, 3)).run();

    assertThat(figures).hasSize(3).containsOnly(figures.getFirst());
    assertThat(figures.getFirst().values().getFirst()).isBetween(1.0, 10_000.0);
  }

  @Test
  void aFixedAmountIsWarmedUpForWithATenthOfIt() throws Exception {
    var workload = new Steady();

    var figures = new Rounds(Benchmark.DOWN_100K, workload, new Pace(0, 1000, 2)).run();

    assertThat(figures).hasSize(2);
    assertThat(workload.amounts).containsExactly(10_000L, 100_000L, 100_000L);
  }

  @Test
  void roundsOfAFixedAmountThatTakeTooLongAreFewer() throws Exception {
    var workload = new Steady();

    var figures = new Rounds(Benchmark.DOWN_100K, workload, new Pace(0, 1, 5)).run();

    assertThat(figures).hasSize(1);
  }
}
