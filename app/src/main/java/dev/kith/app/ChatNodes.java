package dev.kith.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Several chats that are one, each in a JVM of its own on this machine.
///
/// Each child ends when its standard input does: with this program, however that ends.
final class ChatNodes {
  private static final Pattern LINK = Pattern.compile("link=(\\d+)");
  private static final long END_MILLIS = 4_000;

  private final List<Process> running = new CopyOnWriteArrayList<>();
  private final PrintStream out;

  ChatNodes(PrintStream out) {
    this.out = out;
  }

  /// Starts them one after the other, and says of each when it serves.
  ///
  /// @param linkHost where they reach each other
  /// @param join whom they join; if empty, all others join the first
  /// @param arguments of each, by its number from 0
  void start(int count, int port, String linkHost, String join, IntFunction<List<String>> arguments)
      throws IOException, Refusal {
    String whom = join;
    for (int i = 0; i < count; i++) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "chat",
                  "--name",
                  name(i),
                  "--port",
                  String.valueOf(port == 0 ? 0 : port + i),
                  "--link-port",
                  "0",
                  "--end-with-input"));
      if (!whom.isEmpty()) {
        all.addAll(List.of("--join", whom));
      }
      all.addAll(arguments.apply(i));
      String ready = start(all);
      out.println(ready);
      out.flush();
      if (whom.isEmpty()) {
        whom = linkHost + ":" + linkIn(ready);
      }
    }
  }

  /// What one of them is called.
  ///
  /// @param number from 0
  static String name(int number) {
    return "kith" + (number + 1);
  }

  private static String linkIn(String ready) {
    Matcher link = LINK.matcher(ready);
    if (!link.find()) {
      throw new IllegalStateException("no link port in: " + ready);
    }
    return link.group(1);
  }

  /// Starts one and waits until it serves.
  private String start(List<String> arguments) throws IOException, Refusal {
    Process child =
        new ProcessBuilder(command(arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    running.add(child);
    BufferedReader output = child.inputReader(StandardCharsets.UTF_8);
    Optional<String> ready = output.lines().filter(line -> line.startsWith("ready ")).findFirst();
    if (ready.isEmpty()) {
      throw new Refusal("a node did not start: " + String.join(" ", arguments));
    }
    Thread _ = Thread.ofVirtual().start(() -> output.lines().forEach(out::println));
    return ready.get();
  }

  /// The command that started this program, with other arguments.
  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "--module-path",
            System.getProperty("jdk.module.path"),
            "--class-path",
            System.getProperty("java.class.path"),
            "--module",
            Main.class.getModule().getName() + "/" + Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /// Waits until all have ended, and says of each that it has.
  void await() throws InterruptedException {
    for (Process child : running) {
      int code = child.waitFor();
      System.err.println("kith: the node with pid " + child.pid() + " has ended with " + code);
    }
  }

  /// Ends all.
  void end() throws InterruptedException {
    running.forEach(Process::destroy);
    CompletableFuture<?>[] ends =
        running.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      running.forEach(Process::destroyForcibly);
    }
  }
}
