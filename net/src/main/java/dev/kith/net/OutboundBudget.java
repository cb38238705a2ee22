package dev.kith.net;

/// How much memory may be taken by what waits for all clients of a server together. It holds for
/// clients that are each within their [OutboundLimits], because there may be thousands of them.
///
/// Each loop has an equal share. When it is used up, those of the loop's pipes for which most waits
/// are closed as too slow, until an eighth of the share is free; all others go on. A message larger
/// than a share closes its pipe. What counts is what is kept: a message that waits for many clients
/// of one loop counts once, with a little for each of them. What has been handed to connections is
/// kept a second time, outside the heap, so there the same again may be in use.
///
/// @param bytes for the whole server
public record OutboundBudget(long bytes) {
  /// Something must fit.
  public OutboundBudget {
    Limits.checkPositive("outbound budget", bytes);
  }

  /// A quarter of the largest heap that this virtual machine may have.
  public static OutboundBudget standard() {
    return new OutboundBudget(Runtime.getRuntime().maxMemory() / 4);
  }
}
