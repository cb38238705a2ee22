package dev.kith.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.measure.Result;
import dev.kith.bench.measure.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void isOneObjectALineForEachMetric() {
    var spreads =
        List.of(new Spread(1_234_567.8, 1_000_000, 2e9, 6), new Spread(12.3456789, 1, 20, 6));
    var result =
        new Result(
            Benchmark.TIMER_1M, Contestant.KITH, new Result.Measured("as-it-comes", spreads));

    assertThat(Json.lines(List.of(result)))
        .containsExactly(
            "{\"benchmark\":\"timer-1m\",\"subject\":\"kith\",\"metric\":\"set\","
                + "\"value\":1234570,\"unit\":\"timers/s\",\"better\":\"higher\","
                + "\"min\":1000000,\"max\":2000000000,\"rounds\":6}",
            "{\"benchmark\":\"timer-1m\",\"subject\":\"kith\",\"metric\":\"fire\","
                + "\"value\":12.3457,\"unit\":\"ms\",\"better\":\"lower\","
                + "\"min\":1,\"max\":20,\"rounds\":6}");
  }

  @Test
  void holdsNothingOfWhatWasNotMeasured() {
    var leftOut =
        new Result(Benchmark.ASK_1, Contestant.FJP, new Result.LeftOut("has no requests"));
    var failed = new Result(Benchmark.ASK_1, Contestant.KITH, new Result.Failed("broke"));

    assertThat(Json.lines(List.of(leftOut, failed))).isEmpty();
  }
}
