package dev.kith.net;

/// Decides when a silent peer is pinged and when it is given up.
///
/// **Threading.** Belongs to one loop.
final class Pulse {
  private final long pingAfter;
  private final long deadAfter;
  private long heardAt;
  private long pingedAt;
  private boolean pinged;

  Pulse(Timing timing, long now) {
    pingAfter = timing.pingAfter().toNanos();
    deadAfter = timing.deadAfter().toNanos();
    heardAt = now;
  }

  /// What to do about the silence.
  enum Verdict {
    FINE,
    PING,
    DEAD
  }

  /// Anything came from the peer.
  void heard(long now) {
    heardAt = now;
    pinged = false;
  }

  /// Looks at the silence; a verdict to ping is given once.
  Verdict at(long now) {
    if (pinged) {
      return now - pingedAt >= deadAfter ? Verdict.DEAD : Verdict.FINE;
    }
    if (now - heardAt < pingAfter) {
      return Verdict.FINE;
    }
    pinged = true;
    pingedAt = now;
    return Verdict.PING;
  }
}
