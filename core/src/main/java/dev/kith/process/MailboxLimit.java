package dev.kith.process;

import static dev.kith.process.Checks.check;

/// How much may wait in a mailbox, and what happens to what is too much.
///
/// Only messages count. Links, monitors, exits, answers to the process's own requests and its own
/// timers are never refused (JVM-7).
///
/// @param messages how many may wait
/// @param wireBytes how many bytes of messages that came over a wire may wait
/// @param overflow what happens at the limit
public record MailboxLimit(int messages, long wireBytes, Overflow overflow) {
  /// Messages a mailbox holds unless it is told otherwise.
  public static final int MESSAGES_DEFAULT = 1_000_000;

  /// Bytes from the wire a mailbox holds unless it is told otherwise: 256 MiB.
  public static final long WIRE_BYTES_DEFAULT = 256L << 20;

  /// The limit of a process that says nothing.
  public static final MailboxLimit GENEROUS =
      new MailboxLimit(MESSAGES_DEFAULT, WIRE_BYTES_DEFAULT, Overflow.REFUSE);

  public MailboxLimit {
    check(messages > 0, "a mailbox holds at least one message, not %d", messages);
    check(wireBytes > 0, "a mailbox holds at least one byte, not %d", wireBytes);
  }

  /// So many messages, the rest as [#GENEROUS].
  public static MailboxLimit ofMessages(int messages) {
    return new MailboxLimit(messages, WIRE_BYTES_DEFAULT, Overflow.REFUSE);
  }

  /// The same with another answer at the limit.
  public MailboxLimit withOverflow(Overflow other) {
    return new MailboxLimit(messages, wireBytes, other);
  }

  /// The same with another limit in bytes.
  public MailboxLimit withWireBytes(long bytes) {
    return new MailboxLimit(messages, bytes, overflow);
  }
}
