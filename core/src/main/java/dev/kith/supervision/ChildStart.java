package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;

/// What became of a request to start a new child (SUP-10).
///
/// @param <M> the messages that the child takes
public sealed interface ChildStart<M> {

  /// It is up.
  ///
  /// @param process the child
  /// @param <M> the messages that the child takes
  record Started<M>(ProcessRef<M> process) implements ChildStart<M> {}

  /// It chose not to run. Its spec is kept, unless it is temporary (SUP-11).
  ///
  /// @param <M> the messages that the child would have taken
  record Ignored<M>() implements ChildStart<M> {}

  /// A child with this id runs, or another process holds its name.
  ///
  /// @param holder who
  /// @param <M> the messages that the child would have taken
  record AlreadyStarted<M>(Pid holder) implements ChildStart<M> {}

  /// There is a child with this id that does not run.
  ///
  /// @param <M> the messages that the child would have taken
  record AlreadyPresent<M>() implements ChildStart<M> {}

  /// It did not come up, and is forgotten.
  ///
  /// @param reason why
  /// @param <M> the messages that the child would have taken
  record Failed<M>(ExitReason reason) implements ChildStart<M> {}
}
