package dev.kith.gateway;

import dev.kith.testing.SimulatedClient;
import dev.kith.testing.SimulatedLoop;
import dev.kith.testing.World;
import java.util.List;

/// A gateway in a world, with two event loops and a few events.
final class Lobby {
  static final Event<String> JOIN = Event.of("join", String.class);
  static final Event<String> LEAVE = Event.of("leave", String.class);
  static final Event<String> SAY = Event.of("say", String.class);
  static final Event<String> TWICE = Event.of("twice", String.class);
  static final Event<Note> NOTE = Event.of("note", Note.class);
  static final Event<String> HEARD = Event.of("heard", String.class);
  static final Event<Object> KEPT = Event.of("kept", Object.class);
  static final String ROOM = "r";

  final World world;
  final Rooms rooms;
  final Gateway gateway;
  private final List<SimulatedLoop> loops;
  private int clients;
  private long numbers;

  /// Data with a constraint.
  record Note(String text, int stars) {
    Note {
      if (stars < 0) {
        throw new IllegalArgumentException("'stars' is not negative");
      }
    }
  }

  Lobby(World world) {
    this(world, RoomLimits.STANDARD);
  }

  Lobby(World world, RoomLimits limits) {
    this.world = world;
    rooms = Gateway.rooms(world.node(), limits, (room, kept) -> Gateway.encode(KEPT, kept));
    gateway = Gateway.on(world.node(), rooms, handlers());
    loops = List.of(SimulatedLoop.on(world.node()), SimulatedLoop.on(world.node()));
  }

  private Handlers handlers() {
    return Handlers.none()
        .onOpen(session -> session.send(HEARD, "hello"))
        .on(JOIN, (session, room) -> answer(session, room))
        .on(LEAVE, Session::leave)
        .on(SAY, (session, text) -> say(session, text))
        .on(TWICE, (session, text) -> sayTwice(session, text))
        .on(NOTE, (session, note) -> session.send(HEARD, note.text() + note.stars()))
        .on("ping", session -> session.send(HEARD, "pong"))
        .on("fault", session -> fault());
  }

  private static void answer(Session session, String room) {
    if (session.join(room) == Rooms.Joining.REFUSED) {
      session.fail("refused");
    }
  }

  private void say(Session session, String text) {
    rooms.broadcastAndKeep(ROOM, HEARD, text, new Origin(session.id(), ++numbers));
  }

  /// As who was not told whether the first came through.
  private void sayTwice(Session session, String text) {
    Origin origin = new Origin(session.id(), ++numbers);
    rooms.broadcastAndKeep(ROOM, HEARD, text, origin);
    rooms.broadcastAndKeep(ROOM, HEARD, text, origin);
  }

  private static void fault() {
    throw new IllegalStateException("a fault in a handler");
  }

  SimulatedClient client() {
    return SimulatedClient.open(world, gateway, loops.get(clients++ % loops.size()));
  }

  static String frame(String event, String data) {
    return "{\"event\":\"" + event + "\",\"data\":" + data + "}";
  }

  static String heard(String text) {
    return frame("heard", '"' + text + '"');
  }
}
