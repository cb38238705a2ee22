package dev.kith.supervision;

import dev.kith.process.ExitReason;

/// Something that a supervisor has to react to.
///
/// A *run* is one life of one child, by a number that is never used twice; a *ticket* is a request
/// that waits for its answer.
sealed interface Event {

  /// The supervisor itself has started.
  record Begun() implements Event {}

  /// Something that happened to a child or to the supervisor, of whichever kind it is.
  sealed interface Happened extends Event {}

  /// A child is up.
  record Up(long run) implements Happened {}

  /// A child has ended before it was up, or could not be made.
  record Failed(long run, ExitReason reason) implements Happened {}

  /// A child chose not to run.
  record Ignored(long run) implements Happened {}

  /// A child that was up has ended, or one that was being stopped.
  record Ended(long run, ExitReason reason) implements Happened {}

  /// A pause is over.
  record Resumed(long pause) implements Happened {}

  /// The supervisor is to end.
  record StopAsked(ExitReason reason) implements Happened {}

  /// Somebody asks for something and waits for the answer.
  sealed interface Asked extends Event {
    /// Whom to answer.
    long ticket();
  }

  /// A new child is wanted.
  record StartAsked(long ticket, ChildSpec<?> child) implements Asked {}

  /// A stopped child is to run again.
  record RestartAsked(long ticket, String id) implements Asked {}

  /// A child is to stop.
  record TerminateAsked(long ticket, String id) implements Asked {}

  /// A stopped child is to be forgotten.
  record DeleteAsked(long ticket, String id) implements Asked {}
}
