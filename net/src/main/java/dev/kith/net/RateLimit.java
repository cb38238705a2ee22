package dev.kith.net;

/// How fast one client may send, counted in WebSocket frames. A faster one is read more slowly, so
/// that its own connection holds it back; nothing it sent is lost.
///
/// @param perSecond frames a second in the long run
/// @param burst frames at once after a pause
public record RateLimit(int perSecond, int burst) {
  /// A rate below one a second is not a rate.
  public RateLimit {
    Limits.checkPositive("frames per second", perSecond);
    Limits.checkPositive("burst of frames", burst);
  }

  /// 1,000 a second, 10,000 at once.
  public static RateLimit standard() {
    return new RateLimit(1_000, 10_000);
  }
}
