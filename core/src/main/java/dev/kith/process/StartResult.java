package dev.kith.process;

/// What became of the start of a process.
///
/// @param <M> the messages it takes
public sealed interface StartResult<M> {

  /// It is up: its `started` has returned.
  ///
  /// @param process the new process
  /// @param <M> the messages it takes
  record Started<M>(ProcessRef<M> process) implements StartResult<M> {}

  /// Its name is held by another process; no new one was made.
  ///
  /// @param holder who holds the name
  /// @param <M> the messages it would have taken
  record AlreadyStarted<M>(Pid holder) implements StartResult<M> {}

  /// It chose not to run ([Self#ignoreStart]).
  ///
  /// @param <M> the messages it would have taken
  record Ignored<M>() implements StartResult<M> {}

  /// It ended before it was up.
  ///
  /// @param reason why
  /// @param <M> the messages it would have taken
  record Failed<M>(ExitReason reason) implements StartResult<M> {}
}
