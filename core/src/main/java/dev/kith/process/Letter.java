package dev.kith.process;

/// A message as it came over a wire: known by its type, opened by whoever it is for.
///
/// Opening costs what the message weighs, and fails if the bytes are no message; so it is done in
/// the receiver's turn, and the connection's thread does neither. One letter may be handed to many
/// receivers, and is opened once.
///
/// **Threading.** Any thread opens it.
public interface Letter {

  /// What is in it: compared with the receiver's protocol before it enters a mailbox. `void.class`
  /// if this node does not know the type.
  Class<?> type();

  /// How long it was on the wire.
  int bytes();

  /// Whether it is whole. A letter that is not is counted and dropped when its turn has come.
  boolean isWhole();

  /// What is in it.
  ///
  /// @throws IllegalStateException if it is not whole
  Object open();
}
