package dev.kith.process;

/// The code of a process that takes one message at a time: a step function.
///
/// A server holds no thread while it is idle, so that there can be millions. All three methods run
/// in the process, never two at once, and each sees what the ones before it did.
///
/// **Failure.** Whatever a method throws ends the process, and nothing else, with
/// [ExitReason.Crashed]; that includes `StackOverflowError` and `OutOfMemoryError`. **Threading.**
/// A handler may block, but a server that does so habitually should say it
/// ([ProcessSpec#blocking]).
///
/// @param <M> the messages, by convention one sealed interface of records
@FunctionalInterface
public interface Server<M> {

  /// Handles one message.
  void handle(Self<M> self, M message) throws Exception;

  /// Runs once, before the first message. Who started the process is told when it returns, or that
  /// it failed.
  default void started(Self<M> self) throws Exception {}

  /// Runs once when the process ends for any reason but a kill: names, groups, links and monitors
  /// are still in place, and no message is handled any more. What it throws becomes the reason,
  /// unless the process crashed before.
  default void terminate(Self<M> self, ExitReason reason) throws Exception {}

  /// A picture of the state for people: what tools show of this process. Runs between messages.
  default Object inspect() {
    return toString();
  }
}
