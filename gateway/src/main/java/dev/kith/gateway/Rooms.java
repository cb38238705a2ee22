package dev.kith.gateway;

import dev.kith.group.Group;
import dev.kith.group.Membership;
import dev.kith.group.Scope;
import dev.kith.observe.DropReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.Pid;
import dev.kith.process.ProcessEvent;
import dev.kith.process.ProcessRef;
import dev.kith.supervision.ChildSpec;
import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rooms of a gateway: sessions are in them, processes broadcast to them and subscribe to them.
///
/// A room is there as soon as somebody joins it or speaks in it, and as long as it has members or
/// history; one that was [opened][#open] stays. If the scope of the rooms spans nodes, so do the
/// rooms: who is in them, what is said in them and what they keep are the same on all nodes that
/// can reach each other, within milliseconds.
///
/// **Ordering.** All members of a room on one node see its broadcasts in one order, and subscribers
/// see joins, leaves and broadcasts of a room in one order. What is said on one node keeps its
/// order everywhere; what is said on two may be heard in either order, but is kept in one.
/// **Threading.** Any thread or process. A broadcast returns when it is queued at every event loop
/// and link. **Limits.** See [RoomLimits], also for which rooms make way when there are too many.
/// **Failure.** What is said while a node cannot be reached is not heard there; what was kept of it
/// is there when it can be reached again. What is only late is heard, once: by all whose greeting
/// did not have it already.
public final class Rooms {
  /// Posted and not yet written broadcasts of one loop, above which sessions wait before they cause
  /// more.
  private static final int BACKLOG_MAX = 4_096;

  /// Everybody who is connected.
  private static final Group<SessionMessage> EVERYBODY =
      Group.of("everybody", SessionMessage.class);

  /// What the names of the rooms' groups begin with.
  private static final String ROOM = "room/";

  private final Node node;
  private final Scope scope;
  private final RoomLimits limits;
  private final Greeting greeting;
  private final StampClock clock;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final VacantRooms vacant = new VacantRooms();

  /// Every loop that has had a member. Few, and they live as long as the server.
  private final Set<Loop> loops = ConcurrentHashMap.newKeySet();

  private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();

  /// The lock of the rooms that only other nodes know.
  private final Object elsewhere = new Object();

  /// The hubs of other nodes. Copied on each change.
  private final List<ProcessRef<RoomHub.Message>> hubs = new CopyOnWriteArrayList<>();

  Rooms(Node node, Scope scope, RoomLimits limits, Greeting greeting) {
    this.node = node;
    this.scope = scope;
    this.limits = limits;
    this.greeting = greeting;
    this.clock = new StampClock(node);
    scope.listen(this::changed);
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

  private static Group<SessionMessage> room(String name) {
    return Group.of(ROOM + name, SessionMessage.class);
  }

  /// The process through which rooms hear of those of other nodes: a child for the supervisor of
  /// whoever uses rooms that span nodes.
  public ChildSpec<?> hub() {
    return ChildSpec.permanent(RoomHub.NAME, () -> new RoomHub(this));
  }

  // Speaking

  /// Sends an event to everybody in a room.
  public <T> void broadcast(String room, Event<T> event, T data) {
    RoomNews.Said news = new RoomNews.Said(room, event.name(), data, Optional.empty());
    Runnable told = happened(room, event.name(), data);
    broadcastHere(
        room,
        Frames.encode(event, data),
        () -> {
          forward(news);
          told.run();
        });
  }

  /// Sends an event to everybody in a room who is connected to this node.
  public <T> void broadcastHere(String room, Event<T> event, T data) {
    broadcastHere(room, Frames.encode(event, data), happened(room, event.name(), data));
  }

  private void broadcastHere(String room, Payload message, Runnable told) {
    Room known = rooms.get(room);
    if (known == null) {
      synchronized (elsewhere) {
        told.run();
      }
    } else {
      known.broadcast(message, told);
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
    RoomNews.Kept said = new RoomNews.Kept(clock.next(), data);
    RoomNews.Said news = new RoomNews.Said(room, event.name(), data, Optional.of(said.stamp()));
    Runnable told = happened(room, event.name(), data);
    return inRoom(
        room,
        known ->
            known.broadcastAndKeep(
                message,
                said,
                origin,
                () -> {
                  forward(news);
                  told.run();
                }));
  }

  /// Does something in a room, which is made if need be; false if there can be no more rooms.
  private boolean inRoom(String name, Predicate<Room> action) {
    while (true) {
      Room known = findOrMake(name);
      if (known == null) {
        return false;
      }
      if (action.test(known)) {
        return true;
      }
      rooms.remove(name, known);
    }
  }

  /// Tells it to the rooms of all other nodes, in the node's own name: so what is told in a room
  /// goes out in the order of the room, and does not depend on the life of who said it. Called with
  /// the room locked, and before anybody here hears of it, who might answer at once.
  private void forward(RoomNews news) {
    RoomHub.Told told = new RoomHub.Told(news);
    hubs.forEach(hub -> node.tell(hub, told));
  }

  private Runnable happened(String room, String event, Object data) {
    boolean heard = !subscriptions.isEmpty() || node.events().isObserved(RoomEvent.Happened.class);
    return !heard ? () -> {} : () -> tell(new RoomEvent.Happened(room, event, data));
  }

  // What other nodes tell

  Scope scope() {
    return scope;
  }

  void heard(RoomNews.Said said) {
    Payload message = Frames.encode(said.event(), said.data());
    Runnable told = happened(said.room(), said.event(), said.data());
    if (said.kept().isEmpty()) {
      broadcastHere(said.room(), message, told);
      return;
    }
    RoomNews.Kept kept = new RoomNews.Kept(said.kept().get(), said.data());
    clock.heard(kept.stamp());
    if (!inRoom(said.room(), known -> known.heard(message, kept, told))) {
      node.drops().count(DropReason.ROOMS_FULL);
    }
  }

  void heard(RoomNews.History history) {
    history.kept().forEach(kept -> clock.heard(kept.stamp()));
    if (!inRoom(history.room(), known -> known.merge(history.kept()))) {
      node.drops().count(DropReason.ROOMS_FULL);
    }
  }

  /// The names of the rooms that this node knows.
  List<String> namesHere() {
    return rooms.keySet().stream().sorted().toList();
  }

  /// Tells another hub what a room has kept, in its place among what is said there: whatever is not
  /// in it comes after it.
  void tellHistory(String room, ProcessRef<RoomHub.Message> hub) {
    Room known = rooms.get(room);
    if (known != null) {
      known.withKept(kept -> {
        if (!kept.isEmpty()) {
          node.tell(hub, new RoomHub.Told(new RoomNews.History(room, kept)));
        }
      });
    }
  }

  /// Somebody has joined or left a group, on this node or another.
  private void changed(Membership change, int members) {
    if (change.group().equals(RoomHub.ALL.name())) {
      hubChanged(change);
    } else if (change.group().startsWith(ROOM)) {
      String room = change.group().substring(ROOM.length());
      tell(
          switch (change) {
            case Membership.Joined(var _, Pid who) -> new RoomEvent.Joined(room, who, members);
            case Membership.Left(var _, Pid who) -> new RoomEvent.Left(room, who, members);
          });
    }
  }

  private void hubChanged(Membership change) {
    if (change.member().node().equals(node.name())) {
      return;
    }
    switch (change) {
      case Membership.Joined(var _, Pid hub) -> hubs.add(hub(hub));
      case Membership.Left(var _, Pid hub) -> hubs.removeIf(known -> known.pid().equals(hub));
    }
  }

  @SuppressWarnings("unchecked") // whoever is in the group of hubs is one
  private ProcessRef<RoomHub.Message> hub(Pid hub) {
    return (ProcessRef<RoomHub.Message>) node.find(hub);
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
    Stream<String> here = rooms.values().stream().filter(Room::isThere).map(known -> known.name);
    Stream<String> anywhere =
        scope.groups().stream()
            .filter(group -> group.startsWith(ROOM))
            .map(group -> group.substring(ROOM.length()));
    return Stream.concat(here, anywhere).sorted().distinct().toList();
  }

  /// How many sessions are in a room.
  public int size(String room) {
    return scope.count(room(room));
  }

  /// The processes of the sessions in a room: those of this node in the order they joined, then
  /// those of others, node by node.
  public List<Pid> sessions(String room) {
    return scope.members(room(room)).stream().map(ProcessRef::pid).toList();
  }

  /// How many sessions there are.
  int everybody() {
    return scope.count(EVERYBODY);
  }

  /// What a room has kept, oldest first.
  public List<Object> kept(String room) {
    Room known = rooms.get(room);
    return known == null ? List.of() : known.kept().stream().map(RoomNews.Kept::data).toList();
  }

  /// Makes a room that stays: it never makes way for another, though nobody may be in it.
  ///
  /// @return whether there was room for the room
  public boolean open(String room) {
    return inRoom(room, Room::stay);
  }

  // For sessions

  /// Whether an event loop or a link has so much to write that those who cause it should wait.
  boolean areBehind() {
    if (node.isCrowded()) {
      return true;
    }
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

  /// A session has begun.
  void arrived(ProcessRef<SessionMessage> session) {
    scope.join(EVERYBODY, session);
  }

  Joining join(Member member, String name) {
    loops.add(member.pipe().loop());
    while (true) {
      Room known = findOrMake(name);
      if (known == null) {
        return Joining.REFUSED;
      }
      Runnable told = () -> scope.join(room(name), member.process());
      switch (known.join(member, greeting, told)) {
        case JOINED -> {
          return Joining.JOINED;
        }
        case GREETED -> {
          return Joining.ALREADY_IN;
        }
        case CLOSED -> rooms.remove(name, known);
      }
    }
  }

  boolean leave(Member member, String name) {
    Room known = rooms.get(name);
    return known != null && known.leave(member, () -> scope.leave(room(name), member.process()));
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
    Room made = new Room(name, limits.history(), vacant);
    Room before = rooms.putIfAbsent(name, made);
    if (before != null) {
      return before;
    }
    made.used();
    return made;
  }

  /// Removes a room, if one can be spared.
  private boolean makeWay() {
    for (Room room = vacant.first(); room != null; room = vacant.first()) {
      if (room.closeIfVacant()) {
        rooms.remove(room.name, room);
        return true;
      }
    }
    return false;
  }
}
