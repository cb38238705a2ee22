package dev.kith.bench;

import dev.kith.bench.measure.Conductor;
import dev.kith.bench.measure.Progress;
import dev.kith.bench.measure.Result;
import dev.kith.bench.report.Json;
import dev.kith.bench.report.Table;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The command `./kith bench`. Results go to standard output and everything else to standard error.
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  /// Ends with 0; with 1 if something could not be measured; with 2 if it was called wrongly.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      stream(FileDescriptor.out).print(Arguments.USAGE);
      return;
    }
    try {
      System.exit(run(Arguments.of(words)));
    } catch (Arguments.Wrong wrong) {
      stream(FileDescriptor.err).println("kith bench: " + wrong.getMessage());
      System.exit(USAGE);
    }
  }

  private static int run(Arguments arguments) throws IOException, InterruptedException {
    Progress progress = new Progress(stream(FileDescriptor.err));
    List<Result> results =
        Conductor.of(arguments.effort(), progress)
            .conduct(arguments.benchmarks(), arguments.contestants());
    List<String> lines =
        switch (arguments.format()) {
          case JSON -> Json.lines(results);
          case TABLE -> Table.lines(results);
        };
    PrintStream out = stream(FileDescriptor.out);
    lines.forEach(out::println);
    boolean failed = results.stream().anyMatch(one -> one.outcome() instanceof Result.Failed);
    return failed ? FAILED : 0;
  }

  /// Units have letters that not every terminal's locale knows.
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
