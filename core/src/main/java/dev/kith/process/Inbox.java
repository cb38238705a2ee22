package dev.kith.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// The mailbox as a [Body] sees it: waiting, and choosing what to take.
///
/// **Threading.** Only the process's own thread.
///
/// @param <M> the messages
public interface Inbox<M> {

  /// Takes the oldest message, waiting for one.
  M receive();

  /// Takes the oldest message, waiting no longer than this.
  Optional<M> receive(Duration within);

  /// Takes the oldest message for which `select` answers, and returns the answer. Messages it does
  /// not select stay in order for a later receive.
  <T> Optional<T> receive(Duration within, Function<? super M, Optional<T>> select);

  /// Takes the oldest message of a type, waiting for one.
  <T extends M> T receive(Class<T> only);
}
