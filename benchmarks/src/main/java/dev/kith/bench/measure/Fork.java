package dev.kith.bench.measure;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.workload.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of its own for one benchmark of one subject, with the same flags for all.
///
/// @param benchmark what it runs
/// @param contestant who runs it
/// @param setting with which setting
record Fork(Benchmark benchmark, Contestant contestant, String setting) {
  /// The parallel collector has the cheapest barriers, of which every subject has some in the way
  /// of every message; unless it looks first whether a card is marked, two processors write to the
  /// same card lines all the time (a thousand pairs: half as fast, for Pekko and for Kith). The
  /// heap holds half a million idle virtual threads.
  private static final List<String> FLAGS =
      List.of(
          "-Xms4g",
          "-Xmx4g",
          "-Xmn256m",
          "-XX:+UseParallelGC",
          "-XX:+UseCondCardMark",
          "-XX:+UseCompactObjectHeaders",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  /// Names an environment variable with more flags for the forks: for profilers.
  private static final String MORE_FLAGS = "KITH_BENCH_JVM_ARGS";

  /// How a fork ended.
  sealed interface Outcome {

    /// With figures.
    record Measured(List<Figures> rounds) implements Outcome {}

    /// Without.
    record Failed(String why) implements Outcome {}
  }

  Outcome run(Pace pace, Duration within) throws IOException, InterruptedException {
    Path output = Files.createTempFile("kith-bench", ".out");
    try {
      Process process =
          new ProcessBuilder(command(pace))
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return outcome(process, output, within);
    } finally {
      Files.delete(output);
    }
  }

  private Outcome outcome(Process process, Path output, Duration within)
      throws IOException, InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      return new Outcome.Failed("did not end within " + within.toSeconds() + " s");
    }
    List<Figures> rounds = Forked.figures(Files.readString(output));
    if (process.exitValue() != 0 || rounds.isEmpty()) {
      return new Outcome.Failed("ended with exit code " + process.exitValue());
    }
    return new Outcome.Measured(rounds);
  }

  private List<String> command(Pace pace) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(moreFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Forked.class.getName()));
    command.addAll(Forked.arguments(benchmark, contestant, setting, pace));
    return command;
  }

  private static List<String> moreFlags() {
    String flags = System.getenv().getOrDefault(MORE_FLAGS, "").strip();
    return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+"));
  }

  @Override
  public String toString() {
    return benchmark + " " + contestant + " " + setting;
  }
}
