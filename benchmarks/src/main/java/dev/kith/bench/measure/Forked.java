package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.workload.Check;
import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Offer;
import dev.kith.bench.workload.Workload;
import java.util.List;
import java.util.stream.Collectors;

/// What runs in a fork: one benchmark of one subject with one setting. It prints a line for each
/// round that counts.
public final class Forked {
  /// Begins a line with figures, to tell it from whatever else a subject may print.
  private static final String MARK = "figures:";

  private Forked() {}

  /// Runs what [#arguments] describe, and ends the JVM without more ado.
  public static void main(String[] arguments) throws Exception {
    Check.equal("arguments", 6, arguments.length);
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> fail(thrown));
    Benchmark benchmark = Benchmark.of(arguments[0]).orElseThrow();
    Contestant contestant = Contestant.of(arguments[1]).orElseThrow();
    Pace pace =
        new Pace(
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    Workload workload = start(benchmark.offer(contestant, arguments[2]));
    for (Figures figures : new Rounds(benchmark, workload, pace).run()) {
      System.out.println(line(figures));
    }
    System.exit(0); // to end a million processes one by one would take time
  }

  /// Without this a thread pool would go on, and with it the JVM.
  private static void fail(Throwable thrown) {
    thrown.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  static List<String> arguments(
      Benchmark benchmark, Contestant contestant, String setting, Pace pace) {
    return List.of(
        benchmark.toString(),
        contestant.toString(),
        setting,
        String.valueOf(pace.warmupMillis()),
        String.valueOf(pace.roundMillis()),
        String.valueOf(pace.rounds()));
  }

  private static <W extends Workload> W start(Offer<W> offer) throws Exception {
    return switch (offer) {
      case Offer.Runs<W>(var start) -> start.call();
      case Offer.LeftOut<W>(String why) -> throw new IllegalArgumentException(why);
    };
  }

  static String line(Figures figures) {
    return figures.values().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" ", MARK + " ", ""));
  }

  /// The figures in a fork's output.
  static List<Figures> figures(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()).strip().split(" "))
        .map(values -> new Figures(List.of(values).stream().map(Double::valueOf).toList()))
        .toList();
  }
}
