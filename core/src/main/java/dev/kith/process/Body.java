package dev.kith.process;

/// The code of a process that is written as a plain blocking program on a virtual thread of its
/// own.
///
/// The process ends when [#run] returns (normally) or throws (crashed).
///
/// @param <M> the messages, by convention one sealed interface of records
@FunctionalInterface
public interface Body<M> {

  /// The whole life of the process.
  void run(Self<M> self, Inbox<M> inbox) throws Exception;
}
