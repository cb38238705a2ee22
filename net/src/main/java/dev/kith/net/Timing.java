package dev.kith.net;

import java.time.Duration;

/// How long a server waits for what.
///
/// @param handshake for the first whole request of a connection
/// @param keepAlive for the next request, counted from the last, and for its answer to be taken
/// @param pingAfter silence of a pipe before it is pinged
/// @param deadAfter silence after that ping before the pipe counts as dead
/// @param goodbye for the client's answer to a goodbye before the connection is cut
/// @param sweep between two looks at all of the above, and so how late each may be noticed
public record Timing(
    Duration handshake,
    Duration keepAlive,
    Duration pingAfter,
    Duration deadAfter,
    Duration goodbye,
    Duration sweep) {
  /// No waiting time can be empty.
  public Timing {
    Limits.checkPositive("handshake", handshake);
    Limits.checkPositive("keepAlive", keepAlive);
    Limits.checkPositive("pingAfter", pingAfter);
    Limits.checkPositive("deadAfter", deadAfter);
    Limits.checkPositive("goodbye", goodbye);
    Limits.checkPositive("sweep", sweep);
  }

  /// 10 s for the first request, 60 s for the next; a ping after 25 s, dead 20 s later; 3 s to say
  /// goodbye; a sweep each half second.
  public static Timing standard() {
    return new Timing(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(25),
        Duration.ofSeconds(20),
        Duration.ofSeconds(3),
        Duration.ofMillis(500));
  }

  /// The same with another wait for the first request.
  public Timing withHandshake(Duration handshake) {
    return new Timing(handshake, keepAlive, pingAfter, deadAfter, goodbye, sweep);
  }

  /// The same with another wait for the next request.
  public Timing withKeepAlive(Duration keepAlive) {
    return new Timing(handshake, keepAlive, pingAfter, deadAfter, goodbye, sweep);
  }

  /// The same with another silence before a ping.
  public Timing withPingAfter(Duration pingAfter) {
    return new Timing(handshake, keepAlive, pingAfter, deadAfter, goodbye, sweep);
  }

  /// The same with another silence after a ping.
  public Timing withDeadAfter(Duration deadAfter) {
    return new Timing(handshake, keepAlive, pingAfter, deadAfter, goodbye, sweep);
  }

  /// The same with another wait for goodbyes.
  public Timing withGoodbye(Duration goodbye) {
    return new Timing(handshake, keepAlive, pingAfter, deadAfter, goodbye, sweep);
  }

  /// The same with another sweep.
  public Timing withSweep(Duration sweep) {
    return new Timing(handshake, keepAlive, pingAfter, deadAfter, goodbye, sweep);
  }
}
