package dev.kith.bench.report;

import dev.kith.bench.catalogue.Aim;
import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.catalogue.Goal;
import dev.kith.bench.catalogue.Metric;
import dev.kith.bench.measure.Result;
import dev.kith.bench.measure.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Results for people: a block for each benchmark, with each subject's ratio to the best of Pekko,
/// and whether Kith's aim is met.
public final class Table {
  private final List<Result> results;
  private final List<String> lines = new ArrayList<>();

  private Table(List<Result> results) {
    this.results = results;
  }

  /// The lines.
  public static List<String> lines(List<Result> results) {
    Table table = new Table(results);
    results.stream().map(Result::benchmark).distinct().forEach(table::addBlock);
    return table.lines;
  }

  private void addBlock(Benchmark benchmark) {
    List<Metric> metrics = benchmark.metrics();
    for (int i = 0; i < metrics.size(); i++) {
      addMetric(benchmark, metrics.get(i), i);
    }
    for (Result result : of(benchmark)) {
      switch (result.outcome()) {
        case Result.Measured _ -> {}
        case Result.LeftOut(String why) ->
            lines.add("  %s is left out: it %s".formatted(result.contestant(), why));
        case Result.Failed(String why) ->
            lines.add("  %s FAILED: it %s".formatted(result.contestant(), why));
      }
    }
    addVerdict(benchmark);
    lines.add("");
  }

  private void addMetric(Benchmark benchmark, Metric metric, int index) {
    lines.add(
        "%s: %s in %s, %s is better"
            .formatted(benchmark, metric.name(), metric.unit(), metric.better().word()));
    OptionalDouble pekko = bestOfPekko(benchmark, metric, index);
    for (Result result : of(benchmark)) {
      if (result.outcome() instanceof Result.Measured measured) {
        Spread spread = measured.spreads().get(index);
        lines.add(row(result.contestant(), measured, spread, ratio(metric, spread, pekko)));
      }
    }
  }

  private static String row(
      Contestant contestant, Result.Measured measured, Spread spread, OptionalDouble ratio) {
    return "  %-16s %9s   %9s … %-9s  %8s   %s"
        .formatted(
            contestant,
            Numbers.brief(spread.median()),
            Numbers.brief(spread.min()),
            Numbers.brief(spread.max()),
            ratio.isPresent() ? Numbers.brief(ratio.getAsDouble()) + " ×" : "",
            contestant.settings().size() > 1 ? measured.setting() : "")
        .stripTrailing();
  }

  private void addVerdict(Benchmark benchmark) {
    benchmark.goals().stream()
        .filter(goal -> !(goal.aim() instanceof Aim.Seen))
        .forEach(goal -> addVerdict(benchmark, goal));
  }

  private void addVerdict(Benchmark benchmark, Goal goal) {
    Optional<Spread> kith = spread(benchmark, Contestant.KITH, goal.metric());
    if (kith.isEmpty()) {
      return;
    }
    Metric metric = benchmark.metrics().get(goal.metric());
    OptionalDouble rival =
        goal.aim()
            .rival()
            .map(other -> median(benchmark, other, goal.metric()))
            .orElseGet(() -> bestOfPekko(benchmark, metric, goal.metric()));
    String verdict =
        switch (goal.aim().judge(kith.get().median(), ratio(metric, kith.get(), rival))) {
          case MET -> "met";
          case MISSED -> "MISSED";
          case OPEN -> "nothing to compare with";
        };
    String what = goal.metric() == 0 ? "aim" : "aim for " + metric.name();
    lines.add("  %s: %s: %s".formatted(what, goal.aim(), verdict));
  }

  private Optional<Spread> spread(Benchmark benchmark, Contestant of, int metric) {
    return of(benchmark).stream()
        .filter(result -> result.contestant() == of)
        .flatMap(result -> spread(result, metric).stream())
        .findFirst();
  }

  private OptionalDouble median(Benchmark benchmark, Contestant of, int metric) {
    return spread(benchmark, of, metric)
        .map(found -> OptionalDouble.of(found.median()))
        .orElseGet(OptionalDouble::empty);
  }

  private OptionalDouble bestOfPekko(Benchmark benchmark, Metric metric, int index) {
    Comparator<Double> worseFirst = (one, other) -> metric.ratio(one, other) > 1 ? 1 : -1;
    return of(benchmark).stream()
        .filter(result -> result.contestant().isPekko())
        .flatMap(result -> spread(result, index).stream())
        .map(Spread::median)
        .max(worseFirst)
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }

  private static OptionalDouble ratio(Metric metric, Spread spread, OptionalDouble pekko) {
    return pekko.isPresent()
        ? OptionalDouble.of(metric.ratio(spread.median(), pekko.getAsDouble()))
        : OptionalDouble.empty();
  }

  private List<Result> of(Benchmark benchmark) {
    return results.stream().filter(result -> result.benchmark() == benchmark).toList();
  }

  private static Optional<Spread> spread(Result result, int index) {
    return result.outcome() instanceof Result.Measured measured
        ? Optional.of(measured.spreads().get(index))
        : Optional.empty();
  }
}
