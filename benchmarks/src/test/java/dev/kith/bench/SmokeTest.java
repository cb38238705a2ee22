package dev.kith.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.catalogue.Suite;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Offer;
import dev.kith.bench.workload.Workload;
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
  @MethodSource("onOneNode")
  void doesItsWorkAgainAndAgain(Benchmark benchmark, Contestant contestant) throws Exception {
    assertThatItDoesItsWork(benchmark, contestant);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("someBetweenNodes")
  void doesItsWorkBetweenJvms(Benchmark benchmark, Contestant contestant) throws Exception {
    assertThatItDoesItsWork(benchmark, contestant);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("allBetweenNodes")
  void allDoTheirWorkBetweenJvms(Benchmark benchmark, Contestant contestant) throws Exception {
    assertThatItDoesItsWork(benchmark, contestant);
  }

  private static void assertThatItDoesItsWork(Benchmark benchmark, Contestant contestant)
      throws Exception {
    var offer = benchmark.offer(contestant, contestant.settings().getFirst());
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

  static Stream<Arguments> onOneNode() {
    return all(Suite.CORE);
  }

  static Stream<Arguments> allBetweenNodes() {
    return all(Suite.REMOTE);
  }

  /// Each starts JVMs, which takes seconds.
  static Stream<Arguments> someBetweenNodes() {
    return Stream.concat(
        Suite.REMOTE.contestants().stream()
            .map(contestant -> arguments(Benchmark.ONE_WAY_RECORD_100, contestant)),
        Stream.of(arguments(Benchmark.REMOTE_SPAWN, Contestant.KITH)));
  }

  private static Stream<Arguments> all(Suite suite) {
    return suite.benchmarks().stream()
        .flatMap(benchmark ->
            suite.contestants().stream().map(contestant -> arguments(benchmark, contestant)));
  }
}
