package dev.kith.process;

/// What happens to a message that finds the mailbox full.
public enum Overflow {
  /// The message is dropped and counted; a request is answered [ExitReason.Overloaded] at once.
  REFUSE,

  /// As `REFUSE`, and the receiver ends with [ExitReason.Overloaded].
  EXIT
}
