package dev.kith.bench.measure;

import static dev.kith.bench.catalogue.Benchmark.IDLE_BYTES;
import static dev.kith.bench.catalogue.Benchmark.PING_PONG;
import static dev.kith.bench.catalogue.Benchmark.SKYNET_1M;
import static dev.kith.bench.catalogue.Contestant.FJP;
import static dev.kith.bench.catalogue.Contestant.KITH;
import static dev.kith.bench.catalogue.Contestant.PEKKO_TYPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.workload.Figures;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConductorTest {
  private static final Pace TRYING = new Pace(0, 1, 1);
  private static final Pace MEASURING = new Pace(0, 2, 1);

  private final List<String> tried = new ArrayList<>();
  private final List<String> measured = new ArrayList<>();

  @Test
  void subjectsTakeTurnsForkByForkAndThenEverythingBeginsAnew() throws Exception {
    conduct(2, List.of(PING_PONG, SKYNET_1M), List.of(KITH, FJP), _ -> measured(1));

    assertThat(measured)
        .containsExactly(
            "ping-pong kith as-it-comes",
            "ping-pong fjp as-it-comes",
            "skynet-1m kith as-it-comes",
            "skynet-1m fjp as-it-comes",
            "ping-pong kith as-it-comes",
            "ping-pong fjp as-it-comes",
            "skynet-1m kith as-it-comes",
            "skynet-1m fjp as-it-comes");
  }

  @Test
  void theResultIsTheMedianOverAllForks() throws Exception {
    var results =
        conduct(3, List.of(PING_PONG), List.of(KITH), _ -> measured(measured.size() == 2 ? 50 : 7));

    assertThat(results)
        .containsExactly(
            new Result(
                PING_PONG,
                KITH,
                new Result.Measured("as-it-comes", List.of(new Spread(7, 7, 50, 3)))));
  }

  @Test
  void theBestSettingIsMeasuredAndItsTrialDoesNotCount() throws Exception {
    var results =
        conduct(
            1,
            List.of(PING_PONG),
            List.of(PEKKO_TYPED),
            fork -> measured(fork.setting().equals("one-thread-100") ? 9 : 3));

    assertThat(tried)
        .containsExactly(
            "ping-pong pekko-typed fork-join-100", "ping-pong pekko-typed one-thread-100");
    assertThat(measured).containsExactly("ping-pong pekko-typed one-thread-100");
    assertThat(results.getFirst().outcome())
        .isEqualTo(new Result.Measured("one-thread-100", List.of(new Spread(9, 9, 9, 1))));
  }

  @Test
  void whereLessIsBetterTheLeastIsTheBest() throws Exception {
    conduct(
        1,
        List.of(SKYNET_1M),
        List.of(PEKKO_TYPED),
        fork -> measured(fork.setting().equals("one-thread-100") ? 9 : 3));

    assertThat(measured).containsExactly("skynet-1m pekko-typed fork-join-100");
  }

  @Test
  void noSettingsAreTriedForWhatIsNoMatterOfSpeed() throws Exception {
    conduct(1, List.of(IDLE_BYTES), List.of(PEKKO_TYPED), _ -> measured(1));

    assertThat(tried).isEmpty();
  }

  @Test
  void whoIsLeftOutGetsNoFork() throws Exception {
    var results = conduct(1, List.of(Benchmark.DOWN_100K), List.of(FJP), _ -> measured(1));

    assertThat(measured).isEmpty();
    assertThat(results.getFirst().outcome()).isEqualTo(new Result.LeftOut("has no monitors"));
  }

  @Test
  void whoFailsGetsNoFurtherFork() throws Exception {
    var results =
        conduct(3, List.of(PING_PONG), List.of(KITH), _ -> new Fork.Outcome.Failed("broke"));

    assertThat(measured).hasSize(1);
    assertThat(results.getFirst().outcome()).isEqualTo(new Result.Failed("broke"));
  }

  @Test
  void whenTimeIsUpNoFurtherPassIsBegun() throws Exception {
    conduct(Duration.ofSeconds(-1), 3, List.of(PING_PONG), List.of(KITH), _ -> measured(1));

    assertThat(measured).hasSize(1);
  }

  private List<Result> conduct(
      int passes,
      List<Benchmark> benchmarks,
      List<Contestant> contestants,
      Function<Fork, Fork.Outcome> forks)
      throws Exception {
    return conduct(Duration.ofHours(1), passes, benchmarks, contestants, forks);
  }

  private List<Result> conduct(
      Duration passUntil,
      int passes,
      List<Benchmark> benchmarks,
      List<Contestant> contestants,
      Function<Fork, Fork.Outcome> forks)
      throws Exception {
    var effort = new Effort(passes, passUntil, 2, TRYING, MEASURING, Duration.ofMinutes(1));
    var progress = new Progress(new PrintStream(OutputStream.nullOutputStream()));
    Conductor.Launcher launcher =
        (fork, pace) -> {
          (pace.equals(TRYING) ? tried : measured).add(fork.toString());
          return forks.apply(fork);
        };
    return new Conductor(effort, launcher, progress).conduct(benchmarks, contestants);
  }

  private static Fork.Outcome measured(double value) {
    return new Fork.Outcome.Measured(List.of(Figures.of(value)));
  }
}
