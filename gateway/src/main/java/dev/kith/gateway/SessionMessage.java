package dev.kith.gateway;

import dev.kith.wire.Closure;
import dev.kith.wire.Payload;

/// What a session's process is told.
sealed interface SessionMessage {

  /// The client sent a message.
  record Received(Payload message, Inlet from) implements SessionMessage {}

  /// The client sent a message that was too large.
  record Oversized(Inlet from) implements SessionMessage {}

  /// The connection has ended.
  record Closed(Closure closure) implements SessionMessage {}

  /// Nobody was there to be asked.
  record Nobody(Runnable again) implements SessionMessage {}

  /// It is time to ask again.
  record Again(Runnable ask) implements SessionMessage {}

  /// The event loops have had time to catch up.
  record CaughtUp() implements SessionMessage {}

  /// What was asked on the client's behalf is known.
  record Answered(Runnable then) implements SessionMessage {}
}
