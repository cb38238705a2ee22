package dev.kith.net;

import java.time.Duration;

/// How much may wait for a client that does not take it. Beyond any of the three the pipe closes.
///
/// @param bytes queued in frames, headers included
/// @param frames queued
/// @param age of the oldest frame queued
public record OutboundLimits(long bytes, int frames, Duration age) {
  /// Something must fit.
  public OutboundLimits {
    Limits.checkPositive("outbound bytes", bytes);
    Limits.checkPositive("outbound frames", frames);
    Limits.checkPositive("outbound age", age);
  }

  /// 1 MiB, 4,096 frames, 10 s.
  public static OutboundLimits standard() {
    return new OutboundLimits(1 << 20, 4_096, Duration.ofSeconds(10));
  }

  /// The same with other bytes.
  public OutboundLimits withBytes(long bytes) {
    return new OutboundLimits(bytes, frames, age);
  }

  /// The same with another number of frames.
  public OutboundLimits withFrames(int frames) {
    return new OutboundLimits(bytes, frames, age);
  }

  /// The same with another age.
  public OutboundLimits withAge(Duration age) {
    return new OutboundLimits(bytes, frames, age);
  }
}
