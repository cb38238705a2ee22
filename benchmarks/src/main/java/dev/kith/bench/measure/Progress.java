package dev.kith.bench.measure;

import dev.kith.bench.workload.Figures;
import dev.kith.bench.workload.Stopwatch;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/// Says what is being done, one line a fork, to whoever waits for the results.
public final class Progress {
  private final PrintStream out;
  private final Stopwatch watch = Stopwatch.start();

  /// Lines on this stream.
  public Progress(PrintStream out) {
    this.out = out;
  }

  void tried(Fork fork, Fork.Outcome outcome) {
    line("trying", fork, outcome);
  }

  void measured(int pass, Fork fork, Fork.Outcome outcome) {
    line("pass " + pass, fork, outcome);
  }

  void cutShort(int pass) {
    out.printf("%5.0f s  pass %d ends here: there was time for no more%n", watch.seconds(), pass);
  }

  private void line(String phase, Fork fork, Fork.Outcome outcome) {
    out.printf("%5.0f s  %-7s %s: %s%n", watch.seconds(), phase, fork, text(fork, outcome));
  }

  private static String text(Fork fork, Fork.Outcome outcome) {
    return switch (outcome) {
      case Fork.Outcome.Failed(String why) -> why;
      case Fork.Outcome.Measured(List<Figures> rounds) ->
          Entry.spreads(rounds, fork.benchmark().metrics().size()).stream()
              .map(spread -> "%,.1f".formatted(spread.median()))
              .collect(Collectors.joining(" "));
    };
  }
}
