package dev.kith.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.measure.Result;
import dev.kith.bench.measure.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void comparesEverybodyWithTheBestOfPekko() {
    var results =
        List.of(
            measured(Benchmark.PING_PONG, Contestant.KITH, 20e6),
            measured(Benchmark.PING_PONG, Contestant.PEKKO_TYPED, 4e6),
            measured(Benchmark.PING_PONG, Contestant.PEKKO_CLASSIC, 2e6));

    assertThat(Table.lines(results))
        .containsExactly(
            "ping-pong: throughput in round trips/s, higher is better",
            "  kith                20.0 M      10.0 M … 40.0 M       5.00 ×",
            "  pekko-typed         4.00 M      2.00 M … 8.00 M       1.00 ×   fork-join-100",
            "  pekko-classic       2.00 M      1.00 M … 4.00 M       0.50 ×   fork-join-100",
            "  aim: at least 4 × the best of Pekko: met",
            "");
  }

  @Test
  void whereLessIsBetterTheRatioIsTurnedRound() {
    var results =
        List.of(
            measured(Benchmark.SKYNET_1M, Contestant.KITH, 500),
            measured(Benchmark.SKYNET_1M, Contestant.PEKKO_TYPED, 900),
            measured(Benchmark.SKYNET_1M, Contestant.PEKKO_CLASSIC, 750));

    assertThat(Table.lines(results))
        .anyMatch(line -> line.startsWith("  kith ") && line.endsWith("1.50 ×"))
        .contains("  aim: at least 2 × the best of Pekko: MISSED");
  }

  @Test
  void saysWhyASubjectHasNoRow() {
    var results =
        List.of(
            measured(Benchmark.DOWN_100K, Contestant.KITH, 40),
            new Result(Benchmark.DOWN_100K, Contestant.FJP, new Result.LeftOut("has no monitors")),
            new Result(
                Benchmark.DOWN_100K,
                Contestant.PEKKO_TYPED,
                new Result.Failed("ended with exit code 1")));

    assertThat(Table.lines(results))
        .containsExactly(
            "down-100k: time in ms, lower is better",
            "  kith                  40.0        20.0 … 80.0",
            "  fjp is left out: it has no monitors",
            "  pekko-typed FAILED: it ended with exit code 1",
            "  aim: at most 50: met",
            "");
  }

  @Test
  void withoutPekkoNothingIsComparedWithIt() {
    var results = List.of(measured(Benchmark.PING_PONG, Contestant.KITH, 20e6));

    assertThat(Table.lines(results))
        .contains("  aim: at least 4 × the best of Pekko: nothing to compare with");
  }

  @Test
  void aBenchmarkWithoutAnAimHasNoVerdict() {
    var spread = new Spread(2, 1, 3, 3);
    var outcome = new Result.Measured("as-it-comes", List.of(spread, spread));
    var results = List.of(new Result(Benchmark.TIMER_1M, Contestant.KITH, outcome));

    assertThat(Table.lines(results))
        .contains(
            "timer-1m: set in timers/s, higher is better", "timer-1m: fire in ms, lower is better")
        .noneMatch(line -> line.contains("aim"));
  }

  private static Result measured(Benchmark benchmark, Contestant contestant, double value) {
    var spread = new Spread(value, value / 2, value * 2, 9);
    var setting = contestant.settings().getFirst();
    return new Result(benchmark, contestant, new Result.Measured(setting, List.of(spread)));
  }
}
