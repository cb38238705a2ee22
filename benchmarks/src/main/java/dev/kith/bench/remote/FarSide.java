package dev.kith.bench.remote;

import dev.kith.bench.workload.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM, started like this one, with the far side of a subject in it. It ends when this one
/// does.
public final class FarSide implements AutoCloseable {
  /// What it says first when it can be reached, before its address.
  static final String READY = "ready ";

  private final Process process;
  private final String address;

  private FarSide(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /// Starts one and waits until it can be reached.
  public static FarSide start(String subject, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Far.class.getName(), subject));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new FarSide(process, line.substring(READY.length()));
      }
    }
    throw new IOException("the far side of " + subject + " ended before it was ready");
  }

  /// Where it is reached.
  public String address() {
    return address;
  }

  /// Ends it as told.
  public void end(NodeDown.End how) throws IOException, InterruptedException {
    switch (how) {
      case KILL -> process.destroyForcibly();
      case STOP -> {
        String pid = String.valueOf(process.pid());
        Process kill = new ProcessBuilder("kill", "-STOP", pid).inheritIO().start();
        Check.equal("exit code of kill", 0, kill.waitFor());
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
