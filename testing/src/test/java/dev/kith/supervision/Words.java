package dev.kith.supervision;

import dev.kith.process.ExitReason;
import java.util.ArrayList;
import java.util.List;

/// What a supervisor has decided to do, in words.
final class Words {
  private Words() {}

  static List<String> of(List<Command> commands) {
    List<String> words = new ArrayList<>();
    for (Command command : commands) {
      words.add(of(command));
    }
    return words;
  }

  private static String of(Command command) {
    return switch (command) {
      case Command.Start(long run, var _) -> "start " + run;
      case Command.Stop(long run, var _) -> "stop " + run;
      case Command.StopAll _ -> "stop all";
      case Command.Over(long run, String decision) -> "over " + run + ": " + decision;
      case Command.Pause(long pause, int attempt) -> "pause " + pause + " " + attempt;
      case Command.Ready() -> "ready";
      case Command.Answer(long ticket, var outcome) -> "answer " + ticket + ": " + outcome;
      case Command.Refuse(long ticket) -> "refuse " + ticket;
      case Command.Exit(ExitReason reason) -> "exit " + reason;
    };
  }
}
