package dev.kith.process;

/// A typed right to send to one process.
///
/// References are values: they can be stored, put into messages and compared. Having one keeps
/// nothing alive, and the process behind it may be long dead.
///
/// **Threading.** Any thread may send. **Ordering.** Whatever one process does to another
/// (messages, links, monitors, exits) arrives in the order it was done. Between different senders
/// there is no order (SIG-2, SIG-3).
///
/// @param <M> the messages that the process takes
public non-sealed interface ProcessRef<M> extends Address<M> {

  /// Which process this is.
  Pid pid();

  /// Puts a message into the process's mailbox.
  ///
  /// Never fails because the process is dead, full or far away: such a message is dropped and
  /// counted ([dev.kith.observe.Drops]). Never waits, with one exception: a [Body] that sends to
  /// another node more than the connection takes waits for room. A [Server] that does so gets no
  /// further message until there is room, and what a thread outside sends beyond the connection's
  /// cap is dropped and counted (SIG-9).
  ///
  /// @throws IllegalArgumentException if the process is of another node and the message cannot be
  ///   encoded
  void send(M message);
}
