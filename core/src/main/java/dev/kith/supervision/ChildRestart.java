package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.Pid;

/// What became of a request to start a stopped child again (SUP-10).
public sealed interface ChildRestart {

  /// It is up.
  ///
  /// @param child the new process
  record Restarted(Pid child) implements ChildRestart {}

  /// It chose not to run.
  record Ignored() implements ChildRestart {}

  /// It was not stopped.
  ///
  /// @param child the process that runs
  record Running(Pid child) implements ChildRestart {}

  /// The supervisor is about to restart it by itself.
  record Restarting() implements ChildRestart {}

  /// There is no child with this id.
  record NotFound() implements ChildRestart {}

  /// It did not come up, and stays stopped.
  ///
  /// @param reason why
  record Failed(ExitReason reason) implements ChildRestart {}
}
