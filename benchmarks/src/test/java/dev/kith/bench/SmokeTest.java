package dev.kith.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Offer;
import dev.kith.bench.workload.Workload;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every workload of every subject, tiny. That all messages arrived, all ends were told and all
/// sums are right is checked by the workloads themselves, each time that they run.
@Tag("slow")
class SmokeTest {
  /// A power of ten, for trees; the same work can be done twice.
  private static final long TINY = 100;

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("all")
  void doesItsWorkAgainAndAgain(Benchmark benchmark, Contestant contestant) throws Exception {
    var offer = benchmark.offer(contestant.subject(contestant.settings().getFirst()));
    switch (offer) {
      case Offer.Runs<?>(var start) -> {
        try (Workload workload = start.call()) {
          assertThatItIsDone(benchmark, workload.run(TINY));
          assertThatItIsDone(benchmark, workload.run(TINY));
        }
      }
      case Offer.LeftOut<?>(String why) -> assertThat(why).isNotBlank();
    }
  }

  private static void assertThatItIsDone(Benchmark benchmark, Figures figures) {
    assertThat(figures.values()).hasSameSizeAs(benchmark.metrics());
  }

  static Stream<Arguments> all() {
    return Arrays.stream(Benchmark.values())
        .flatMap(benchmark ->
            Arrays.stream(Contestant.values()).map(contestant -> arguments(benchmark, contestant)));
  }
}
