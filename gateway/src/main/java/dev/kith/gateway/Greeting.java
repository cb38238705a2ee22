package dev.kith.gateway;

import dev.kith.wire.Payload;
import java.util.List;

/// What a session that joins a room gets before anything that happens there afterwards.
@FunctionalInterface
public interface Greeting {

  /// The message, made of what the room has kept, oldest first. Called with the room locked; must
  /// be quick.
  Payload of(String room, List<Object> kept);
}
