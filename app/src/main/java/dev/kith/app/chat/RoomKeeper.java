package dev.kith.app.chat;

import dev.kith.gateway.RoomEvent;
import dev.kith.gateway.Rooms;
import dev.kith.process.Name;
import dev.kith.process.Self;
import dev.kith.process.Server;

/// Tells each room who comes and goes, on this node or another; on each node one does so for the
/// clients there.
///
/// It hears of it as a subscriber to all rooms, and goes on hearing when it is restarted.
final class RoomKeeper implements Server<RoomKeeper.Message> {
  static final Name<Message> NAME = Name.of("room-manager", Message.class);

  private final Rooms rooms;

  sealed interface Message {}

  record Heard(RoomEvent event) implements Message {}

  RoomKeeper(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public void started(Self<Message> self) {
    rooms.subscribe(NAME, Heard::new);
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Heard(RoomEvent.Joined(String room, _, int members)) ->
          rooms.broadcastHere(
              room,
              ChatEvents.NOTICE,
              new ChatEvents.Notice("A user has joined the room", room, members));
      case Heard(RoomEvent.Left(String room, _, int members)) ->
          rooms.broadcastHere(
              room,
              ChatEvents.NOTICE,
              new ChatEvents.Notice("A user has left the room", room, members));
      case Heard(RoomEvent.Happened _) -> {}
    }
  }
}
