package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.catalogue.Metric;
import dev.kith.bench.workload.Stopwatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/*
 * A figure by itself says little. The same program in the same minute is a third slower because another one
 * runs beside it, because the machine is warm, or because an idle core is awake this time and not the last; a
 * row with one message under way swings twofold by that alone. What can be had is a *comparison* that all of
 * this hits alike:
 *
 * - Interleaved. Subjects take turns, fork by fork: A B C D for the first benchmark, A B C D for the second,
 *   and when all have had their turn everything begins anew. What disturbs for a minute disturbs everybody; what
 *   changes over half an hour changes for everybody.
 * - Forked. Each fork is a JVM of its own that has run nothing else: the compiler's guesses and the heap's
 *   shape are the workload's own. Two forks of one program still differ, because those guesses do; hence
 *   several.
 * - Warmed up. A fork's first rounds do not count: a while, and then until they stop getting better. In them the
 *   amount of work is doubled until it fills a round, so that everybody measures for as long, however fast.
 * - Medians. Over all rounds of all forks: a round in which the machine was elsewhere moves the median by a
 *   place, and the mean by as much as it pleases. Beside it the least and the greatest round are told, so that
 *   nobody takes a third digit seriously.
 *
 * Settings. A subject that has some (Pekko's dispatcher) is tried with each in a short fork of its own before
 * the first pass, for each benchmark anew, and then measured with the best. The trial's figures do not count:
 * the best of several noisy ones would be better than it is.
 *
 * What is not compared: anything between two machines or two runs; start-up and warm-up; what a subject does
 * beside the workload, such as isolation, limits and fairness, for which there is no figure (`call-latency`
 * shows a little of it).
 */
/// Runs benchmarks in forks, in an order that is fair.
public final class Conductor {

  /// Runs one fork.
  interface Launcher {
    Fork.Outcome run(Fork fork, Pace pace) throws IOException, InterruptedException;
  }

  private final Effort effort;
  private final Launcher launcher;
  private final Progress progress;
  private final Stopwatch watch = Stopwatch.start();

  Conductor(Effort effort, Launcher launcher, Progress progress) {
    this.effort = effort;
    this.launcher = launcher;
    this.progress = progress;
  }

  /// One that starts real forks.
  public static Conductor of(Effort effort, Progress progress) {
    return new Conductor(effort, (fork, pace) -> fork.run(pace, effort.forkMax()), progress);
  }

  /// Runs these benchmarks on these subjects; the results come by benchmark.
  public List<Result> conduct(List<Benchmark> benchmarks, List<Contestant> contestants)
      throws IOException, InterruptedException {
    List<Entry> entries = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      for (Contestant contestant : contestants) {
        entries.add(new Entry(benchmark, contestant));
      }
    }
    for (Entry entry : entries) {
      chooseSetting(entry);
    }
    for (int pass = 1; pass <= effort.passes(); pass++) {
      measure(entries, pass);
    }
    return entries.stream().map(Entry::result).toList();
  }

  private void chooseSetting(Entry entry) throws IOException, InterruptedException {
    Metric first = entry.benchmark.metrics().getFirst();
    OptionalDouble best = OptionalDouble.empty();
    for (String setting : entry.candidates(effort.settings())) {
      Fork fork = entry.forkWith(setting);
      Fork.Outcome outcome = launcher.run(fork, effort.trying());
      progress.tried(fork, outcome);
      if (outcome instanceof Fork.Outcome.Measured(var rounds)) {
        double median = Entry.spreads(rounds, 1).getFirst().median();
        if (best.isEmpty() || first.ratio(median, best.getAsDouble()) > 1) {
          best = OptionalDouble.of(median);
          entry.choose(setting);
        }
      }
    }
  }

  /// The first pass is made whole, whatever time it takes, so that every figure is there.
  private void measure(List<Entry> entries, int pass) throws IOException, InterruptedException {
    for (Entry entry : entries) {
      if (pass > 1 && watch.seconds() > effort.passUntil().toSeconds()) {
        progress.cutShort(pass);
        return;
      }
      if (entry.isRunning()) {
        Fork fork = entry.fork();
        Fork.Outcome outcome = launcher.run(fork, effort.measuring());
        progress.measured(pass, fork, outcome);
        entry.add(outcome);
      }
    }
  }
}
