package dev.kith.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An example in a JVM of its own.
final class Program implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private static final long SOON_MILLIS = 200;
  private static final int LINES_MAX = 1_000;

  private final Process process;
  private final PrintStream input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> all = new ArrayList<>();

  private Program(Process process) {
    this.process = process;
    this.input = new PrintStream(process.getOutputStream(), true, UTF_8);
    Thread.ofVirtual().start(() -> process.inputReader(UTF_8).lines().forEach(lines::add));
  }

  static Program start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new Program(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// The next line that begins so.
  String next(String beginning) throws InterruptedException {
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no line that begins with " + beginning + " after " + all);
      }
      all.add(line);
      if (line.startsWith(beginning)) {
        return line;
      }
    }
  }

  /// Whether it says this soon.
  boolean says(String wanted) throws InterruptedException {
    for (String line = soon(); line != null; line = soon()) {
      all.add(line);
      if (line.equals(wanted)) {
        return true;
      }
    }
    if (all.size() > LINES_MAX) {
      throw new AssertionError("never says: " + wanted);
    }
    return false;
  }

  private @Nullable String soon() throws InterruptedException {
    return lines.poll(SOON_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Where it says that it is.
  String address() throws InterruptedException {
    return next("").replaceFirst(".* is at ", "");
  }

  void type(String line) {
    input.println(line);
  }

  /// Ends its input, and waits until it has ended too.
  int end() throws InterruptedException {
    input.close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end with its input");
    }
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
