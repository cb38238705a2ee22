package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One subject in one benchmark, while the run goes on.
final class Entry {
  final Benchmark benchmark;
  final Contestant contestant;
  private final List<Figures> rounds = new ArrayList<>();
  private String setting;
  private @Nullable String failure;

  Entry(Benchmark benchmark, Contestant contestant) {
    this.benchmark = benchmark;
    this.contestant = contestant;
    this.setting = contestant.settings().getFirst();
  }

  private Offer<?> offer() {
    return benchmark.offer(contestant, setting);
  }

  /// Whether there is (still) anything to run.
  boolean isRunning() {
    return failure == null && offer() instanceof Offer.Runs;
  }

  /// The settings to be tried, none if there is nothing to choose from.
  List<String> candidates(int settingsMax) {
    List<String> all = contestant.settings();
    return benchmark.isMatterOfSpeed() && all.size() > 1 && isRunning()
        ? all.subList(0, Math.min(settingsMax, all.size()))
        : List.of();
  }

  void choose(String best) {
    setting = best;
  }

  Fork fork() {
    return new Fork(benchmark, contestant, setting);
  }

  Fork forkWith(String other) {
    return new Fork(benchmark, contestant, other);
  }

  void add(Fork.Outcome outcome) {
    switch (outcome) {
      case Fork.Outcome.Measured(List<Figures> more) -> rounds.addAll(more);
      case Fork.Outcome.Failed(String why) -> failure = why;
    }
  }

  /// What has become of it.
  Result result() {
    Result.Outcome outcome =
        switch (offer()) {
          case Offer.LeftOut<?>(String why) -> new Result.LeftOut(why);
          case Offer.Runs<?> _ ->
              failure == null
                  ? new Result.Measured(setting, spreads(rounds, benchmark.metrics().size()))
                  : new Result.Failed(failure);
        };
    return new Result(benchmark, contestant, outcome);
  }

  /// One for each metric.
  static List<Spread> spreads(List<Figures> rounds, int metrics) {
    return IntStream.range(0, metrics)
        .mapToObj(
            metric -> Spread.of(rounds.stream().map(round -> round.values().get(metric)).toList()))
        .toList();
  }
}
