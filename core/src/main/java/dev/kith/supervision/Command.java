package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;

/// Something that a supervisor has decided to do. See [Event] for runs and tickets.
sealed interface Command {

  /// Start a child, linked, and report [Event.Up], [Event.Failed] or [Event.Ignored].
  record Start(long run, ProcessSpec<?> process) implements Command {}

  /// Stop a child, up or not, and report its end once.
  record Stop(long run, Shutdown how) implements Command {}

  /// Stop all children at once and report the end of each.
  record StopAll(Shutdown how) implements Command {}

  /// A run is over, and this was decided. The last that is heard of it.
  record Over(long run, String decision) implements Command {}

  /// Come back later with [Event.Resumed].
  ///
  /// @param attempt how many times in a row this was for naught; 0 to come back at once
  record Pause(long pause, int attempt) implements Command {}

  /// Say that the supervisor is up.
  record Ready() implements Command {}

  /// Answer a request.
  record Answer(long ticket, Outcome outcome) implements Command {}

  /// Turn a request away: too many wait.
  record Refuse(long ticket) implements Command {}

  /// End the supervisor. The last command.
  record Exit(ExitReason reason) implements Command {}

  /// What a request came to.
  sealed interface Outcome {

    /// What the start of this run came to.
    record Tried(long run) implements Outcome {}

    /// This run goes on.
    record Running(long run) implements Outcome {}

    /// The child is about to be restarted.
    record Restarting() implements Outcome {}

    /// There is such a child, and it does not run.
    record Present() implements Outcome {}

    /// There is no such child.
    record NotFound() implements Outcome {}

    /// It is done.
    record Done() implements Outcome {}

    /// It cannot be done.
    record Rejected(String why) implements Outcome {}
  }
}
