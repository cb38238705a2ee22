package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.Pid;
import dev.kith.process.StartResult;

/// What a supervisor hears of its children and its parent, as one of its messages.
sealed interface ChildSignal extends Supervisor.Message, DynamicSupervisor.Message {

  /// What a start came to.
  record Tried(long run, StartResult<?> result) implements ChildSignal {}

  /// A linked process has ended, or a stranger wants this one to.
  record Exited(Pid pid, ExitReason reason) implements ChildSignal {}

  /// A child that is being stopped has ended.
  record Down(long run, ExitReason reason) implements ChildSignal {}

  /// A child had its time to shut down.
  record Overdue(long run) implements ChildSignal {}

  /// All children had their time to shut down.
  record AllOverdue() implements ChildSignal {}

  /// A pause is over.
  record Resumed(long pause) implements ChildSignal {}

  /// The parent wants this process to end, or has ended.
  record ParentExited(ExitReason reason) implements ChildSignal {}
}
