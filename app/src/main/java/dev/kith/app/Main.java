package dev.kith.app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `kith` command. Without a subcommand it is `kith chat`.
@Command(
    name = "kith",
    description = "OTP for Java 25: processes, supervision and rooms.",
    mixinStandardHelpOptions = true,
    version = "kith 0.1.0",
    subcommands = {ChatCommand.class, NodeCommand.class})
public final class Main {
  private static final List<String> OWN_OPTIONS = List.of("--help", "-h", "--version", "-V");

  private Main() {}

  /// Runs the command and ends the JVM with its exit code: 0, or 2 with one line on standard error
  /// when it was used wrongly or cannot do what it was asked for.
  public static void main(String[] arguments) {
    Farewell.end(run(arguments));
  }

  static int run(String[] arguments) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::usedWrongly)
        .setExecutionExceptionHandler(Main::failed)
        .execute(withSubcommand(arguments));
  }

  /// Options alone are the chat's.
  private static String[] withSubcommand(String[] arguments) {
    boolean chat =
        arguments.length == 0
            || (arguments[0].startsWith("-") && !OWN_OPTIONS.contains(arguments[0]));
    if (!chat) {
      return arguments;
    }
    List<String> all = new ArrayList<>(List.of("chat"));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static int usedWrongly(CommandLine.ParameterException wrong, String[] arguments) {
    return complain(wrong.getCommandLine(), String.valueOf(wrong.getMessage()));
  }

  private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof Refusal refusal) {
      return complain(command, refusal.why());
    }
    throw failure;
  }

  private static int complain(CommandLine command, String why) {
    command.getErr().println("kith: " + why.lines().findFirst().orElse(""));
    return CommandLine.ExitCode.USAGE;
  }
}
