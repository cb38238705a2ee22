package dev.kith.net;

/// How large an inbound message may be, all its fragments together.
///
/// Beyond the soft limit a message is thrown away as it arrives and its listener is told; beyond
/// the hard limit the pipe closes. No more than the soft limit is ever kept.
///
/// @param softBytes the largest message that is delivered
/// @param hardBytes the largest message that is forgiven
public record MessageLimits(int softBytes, int hardBytes) {
  /// The hard limit cannot be below the soft one.
  public MessageLimits {
    Limits.checkPositive("soft limit of a message", softBytes);
    Limits.checkAtLeast("hard limit of a message", hardBytes, "the soft limit", softBytes);
  }

  /// 64 KiB, forgiving eight times as much.
  public static MessageLimits standard() {
    return ofSoft(64 << 10);
  }

  /// This soft limit, forgiving eight times as much.
  public static MessageLimits ofSoft(int softBytes) {
    return new MessageLimits(softBytes, (int) Math.min(8L * softBytes, Integer.MAX_VALUE));
  }
}
