package dev.kith.gateway;

import java.util.List;
import java.util.Optional;

/// What the rooms of one node tell those of another.
sealed interface RoomNews {

  /// An event was broadcast in a room.
  ///
  /// @param kept under which stamp it is kept, if it is
  record Said(String room, String event, Object data, Optional<Stamp> kept) implements RoomNews {}

  /// What a room has kept.
  record History(String room, List<Kept> kept) implements RoomNews {
    public History {
      kept = List.copyOf(kept);
    }
  }

  /// Something that a room has kept.
  record Kept(Stamp stamp, Object data) {}
}
