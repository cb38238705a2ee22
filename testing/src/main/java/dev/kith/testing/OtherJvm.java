package dev.kith.testing;

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

/// A program of this class path in a JVM of its own, and what it says. It should end with its
/// input, so that it outlives nobody.
///
/// **Threading.** One thread. **Failure.** What does not come in [Loopback#PATIENCE] ends the
/// program and fails the test.
public final class OtherJvm implements AutoCloseable {
  private static final long SOON_MILLIS = 200;
  private static final int LINES_MAX = 1_000;

  private final Process process;
  private final PrintStream input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> all = new ArrayList<>();

  private OtherJvm(Process process) {
    this.process = process;
    this.input = new PrintStream(process.getOutputStream(), true, UTF_8);
    Thread.ofVirtual().start(() -> process.inputReader(UTF_8).lines().forEach(lines::add));
  }

  /// Starts it; what it says to its standard error is said by this JVM.
  public static OtherJvm start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new OtherJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// The next line that begins so.
  public String next(String beginning) throws InterruptedException {
    while (true) {
      String line = lines.poll(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null) {
        kill();
        throw new AssertionError("no line that begins with '" + beginning + "' after " + all);
      }
      all.add(line);
      if (line.startsWith(beginning)) {
        return line;
      }
    }
  }

  /// Whether it says this soon.
  public boolean says(String wanted) throws InterruptedException {
    for (String line = soon(); line != null; line = soon()) {
      all.add(line);
      if (line.equals(wanted)) {
        return true;
      }
    }
    if (all.size() > LINES_MAX) {
      kill();
      throw new AssertionError("never says: " + wanted);
    }
    return false;
  }

  private @Nullable String soon() throws InterruptedException {
    return lines.poll(SOON_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Says a line to it.
  public void type(String line) {
    input.println(line);
  }

  /// It stands still, as `SIGSTOP` makes a process do.
  public void suspend() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// It goes on where it was.
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    Process kill = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " " + pid + " ends with " + kill.exitValue());
    }
  }

  /// Ends its input, waits until it has ended too, and says its exit code.
  public int end() throws InterruptedException {
    input.close();
    if (!process.waitFor(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end with its input");
    }
    return process.exitValue();
  }

  /// Kills it, and waits until it is gone.
  public void kill() {
    process
        .destroyForcibly()
        .onExit()
        .orTimeout(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    kill();
  }
}
