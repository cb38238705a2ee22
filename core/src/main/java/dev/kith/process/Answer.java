package dev.kith.process;

/// What became of a request.
///
/// @param <R> the reply
public sealed interface Answer<R> {

  /// The reply came.
  ///
  /// @param value the reply
  /// @param <R> the reply
  record Reply<R>(R value) implements Answer<R> {}

  /// No reply will come: the process died, was overloaded, was not there, or the deadline passed.
  ///
  /// @param reason why
  /// @param <R> the reply
  record Failed<R>(ExitReason reason) implements Answer<R> {}

  /// The reply.
  ///
  /// @throws ExitException if none will come, with the reason
  default R orThrow() {
    return switch (this) {
      case Reply<R>(R value) -> value;
      case Failed<R>(ExitReason reason) -> throw new ExitException(reason);
    };
  }
}
