package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Amount;
import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/// One workload's rounds in one JVM: those that warm it up, and those that count.
final class Rounds {
  private static final long FIRST_AMOUNT = 1000;

  /// Rounds of fixed work are warmed up for with this part of it.
  private static final long WARMUP_PART = 10;

  private final Benchmark benchmark;
  private final Workload workload;
  private final Pace pace;

  Rounds(Benchmark benchmark, Workload workload, Pace pace) {
    this.benchmark = benchmark;
    this.workload = workload;
    this.pace = pace;
  }

  /// The figures of the rounds that count.
  List<Figures> run() throws Exception {
    return switch (benchmark.amount()) {
      case Amount.Adapted() -> adapted();
      case Amount.Fixed(long work) -> fixed(work);
    };
  }

  private List<Figures> adapted() throws Exception {
    long amount = adaptedAmount();
    List<Figures> figures = new ArrayList<>();
    for (int i = 0; i < pace.rounds(); i++) {
      figures.add(workload.run(amount));
    }
    return figures;
  }

  /// Warms up with growing rounds, and so finds the amount that fills a round.
  private long adaptedAmount() throws Exception {
    Warmth warmth = new Warmth(benchmark.metrics().getFirst(), pace);
    long amount = FIRST_AMOUNT;
    while (true) {
      Stopwatch round = Stopwatch.start();
      warmth.add(workload.run(amount));
      double millis = round.millis();
      boolean full = millis >= pace.roundMillis() / 2.0;
      amount = full ? (long) (amount * pace.roundMillis() / millis) : 2 * amount;
      if (full && warmth.isEnough()) {
        return amount;
      }
    }
  }

  /// Each round begins with an empty heap, so that none pays for the one before.
  private List<Figures> fixed(long work) throws Exception {
    Warmth warmth = new Warmth(benchmark.metrics().getFirst(), pace);
    do {
      warmth.add(workload.run(work / WARMUP_PART));
    } while (!warmth.isEnough());
    Stopwatch counting = Stopwatch.start();
    List<Figures> figures = new ArrayList<>();
    do {
      System.gc();
      figures.add(workload.run(work));
    } while (figures.size() < pace.rounds() && counting.millis() < pace.fixedMillisMax());
    return figures;
  }
}
