package dev.kith.observe;

/// Why a message was lost. Every lost message is counted under exactly one of these (F6).
public enum DropReason {
  /// The receiver was dead, or nobody held the name.
  NO_PROCESS,
  /// The receiver belonged to an earlier life of its node.
  OLD_INCARNATION,
  /// The receiver's mailbox was full.
  MAILBOX_FULL,
  /// The receiver ended with the message still in its mailbox.
  UNHANDLED_AT_EXIT,
  /// The alias it was sent to had been cancelled.
  INACTIVE_ALIAS,
  /// An answer came after the asker had stopped waiting, or a second time.
  LATE_ANSWER,
  /// It was not of the receiver's protocol.
  WRONG_PROTOCOL,
  /// The connection to the receiver's node was lost, or there was none.
  NO_CONNECTION,
  /// The link to the receiver's node was above its cap.
  LINK_FULL,
  /// It could not be encoded or decoded.
  UNDECODABLE,
  /// The sender was not allowed to.
  UNAUTHORISED,
  /// A client read too slowly.
  SLOW_CLIENT,
  /// It was said on another node, in a room that there is no room for here.
  ROOMS_FULL,
}
