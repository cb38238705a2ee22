package dev.kith.gateway;

import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessEvent;
import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rooms of a node: sessions are in them, processes broadcast to them and subscribe to them.
///
/// A room is there as soon as somebody joins it or speaks in it, and as long as it has members or
/// history.
///
/// **Ordering.** All members of a room see its broadcasts in one order, and subscribers see joins,
/// leaves and broadcasts of a room in one order. **Threading.** Any thread or process. A broadcast
/// returns when it is queued at every event loop. **Limits.** See [RoomLimits]; beyond the number
/// of rooms, one that is empty makes way for a new one.
public final class Rooms {
  /// Posted and not yet written broadcasts of one loop, above which sessions wait before they cause
  /// more.
  private static final int BACKLOG_MAX = 4_096;

  private final Node node;
  private final RoomLimits limits;
  private final Greeting greeting;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();

  /// Every loop that has had a member. Few, and they live as long as the server.
  private final Set<Loop> loops = ConcurrentHashMap.newKeySet();

  private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();

  Rooms(Node node, RoomLimits limits, Greeting greeting) {
    this.node = node;
    this.limits = limits;
    this.greeting = greeting;
    node.events()
        .add(
            ProcessEvent.Started.class,
            event -> subscriptions.forEach(one -> one.started(event.name())));
  }

  /// What a session's wish to join came to.
  public enum Joining {
    /// It is in and was greeted.
    JOINED,
    /// It was in already and was greeted again.
    ALREADY_IN,
    /// There are too many rooms.
    REFUSED
  }

  // Speaking

  /// Sends an event to everybody in a room.
  public <T> void broadcast(String room, Event<T> event, T data) {
    Room known = rooms.get(room);
    if (known != null) {
      known.broadcast(Frames.encode(event, data), happened(room, event, data));
    }
  }

  /// Sends an event to everybody in a room, and keeps its data for those who join later. The room
  /// is made if need be.
  ///
  /// @param origin whose broadcast it is; one with a number that the room has seen from this
  ///   session is not made again
  /// @return whether there was room for the room
  public <T> boolean broadcastAndKeep(String room, Event<T> event, T data, Origin origin) {
    Payload message = Frames.encode(event, data);
    while (true) {
      Room known = findOrMake(room);
      if (known == null) {
        return false;
      }
      if (known.broadcastAndKeep(message, data, origin, happened(room, event, data))) {
        return true;
      }
      rooms.remove(room, known);
    }
  }

  private <T> Runnable happened(String room, Event<T> event, T data) {
    boolean heard = !subscriptions.isEmpty() || node.events().isObserved(RoomEvent.Happened.class);
    return !heard ? () -> {} : () -> tell(new RoomEvent.Happened(room, event.name(), data));
  }

  // Listening

  /// Subscribes a named process to a room: it is told who joins and leaves, and what is broadcast.
  /// The subscription belongs to the name, so that a process that is restarted under it goes on
  /// hearing, the events of the time between included.
  public <M> void subscribe(
      Name<M> subscriber, String room, Function<? super RoomEvent, ? extends M> as) {
    add(subscriber, room, as);
  }

  /// Subscribes a named process to all rooms, those of the future included.
  public <M> void subscribe(Name<M> subscriber, Function<? super RoomEvent, ? extends M> as) {
    add(subscriber, null, as);
  }

  private synchronized <M> void add(
      Name<M> subscriber, @Nullable String room, Function<? super RoomEvent, ? extends M> as) {
    if (subscriptions.stream().noneMatch(one -> one.isFor(subscriber, room))) {
      subscriptions.add(new Subscription<>(node, subscriber, room, as));
    }
  }

  /// Ends a subscription to one room.
  public void unsubscribe(Name<?> subscriber, String room) {
    subscriptions.removeIf(one -> one.isFor(subscriber, room));
  }

  /// Ends a subscription to all rooms.
  public void unsubscribe(Name<?> subscriber) {
    subscriptions.removeIf(one -> one.isFor(subscriber, null));
  }

  // Looking

  /// The names of all rooms, sorted.
  public List<String> names() {
    return rooms.keySet().stream().sorted().toList();
  }

  /// How many sessions are in a room.
  public int size(String room) {
    Room known = rooms.get(room);
    return known == null ? 0 : known.size();
  }

  /// The ids of the sessions in a room, in the order they joined.
  public List<String> sessions(String room) {
    Room known = rooms.get(room);
    return known == null ? List.of() : known.sessions();
  }

  /// What a room has kept, oldest first.
  public List<Object> kept(String room) {
    Room known = rooms.get(room);
    return known == null ? List.of() : known.kept();
  }

  /// Makes a room that stays, though nobody may be in it.
  public void open(String room) {
    findOrMake(room);
  }

  // For sessions

  /// Whether an event loop has so much to write that those who cause it should wait.
  boolean areBehind() {
    for (Loop loop : loops) {
      if (loop.backlog() > BACKLOG_MAX) {
        return true;
      }
    }
    return false;
  }

  RoomLimits limits() {
    return limits;
  }

  Joining join(Member member, String name) {
    loops.add(member.pipe().loop());
    while (true) {
      Room room = findOrMake(name);
      if (room == null) {
        return Joining.REFUSED;
      }
      Room.Entry entry =
          room.join(
              member,
              greeting,
              members -> tell(new RoomEvent.Joined(name, member.session(), members)));
      switch (entry) {
        case JOINED -> {
          return Joining.JOINED;
        }
        case GREETED -> {
          return Joining.ALREADY_IN;
        }
        case CLOSED -> rooms.remove(name, room);
      }
    }
  }

  boolean leave(Member member, String name) {
    Room room = rooms.get(name);
    return room != null
        && room.leave(member, members -> tell(new RoomEvent.Left(name, member.session(), members)));
  }

  private void tell(RoomEvent event) {
    subscriptions.forEach(one -> one.tell(event));
    node.events().publish(event);
  }

  private @Nullable Room findOrMake(String name) {
    Room known = rooms.get(name);
    if (known != null) {
      return known;
    }
    if (rooms.size() >= limits.rooms() && !makeWay()) {
      return null;
    }
    return rooms.computeIfAbsent(name, _ -> new Room(name, limits.history()));
  }

  /// Removes a room that nobody is in.
  private boolean makeWay() {
    for (Room room : rooms.values()) {
      if (room.closeIfEmpty()) {
        return rooms.remove(room.name, room);
      }
    }
    return false;
  }
}
