package dev.kith.gateway;

import dev.kith.process.ProcessRef;
import dev.kith.wire.Pipe;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One session's places in rooms.
///
/// **Threading.** The session's process; and once, when that has ended, whoever ends it. The lock
/// is this object's, because a killed process may still be running.
final class Seat {
  private final Rooms all;
  private final String id;
  private final Pipe pipe;
  private final Set<String> rooms = new LinkedHashSet<>();

  /// Null before the session has taken its seat, and when it has given it back.
  private @Nullable Member member;

  Seat(Rooms all, String id, Pipe pipe) {
    this.all = all;
    this.id = id;
    this.pipe = pipe;
  }

  String id() {
    return id;
  }

  /// The session is there.
  synchronized void take(ProcessRef<SessionMessage> process) {
    member = new Member(id, process, pipe);
    all.arrived(process);
  }

  Rooms all() {
    return all;
  }

  synchronized List<String> rooms() {
    return List.copyOf(rooms);
  }

  synchronized boolean isIn(String room) {
    return rooms.contains(room);
  }

  synchronized Rooms.Joining join(String room) {
    RoomLimits limits = all.limits();
    boolean known = rooms.contains(room);
    Member mine = member;
    if (mine == null || room.isBlank() || room.length() > limits.nameLength()) {
      return Rooms.Joining.REFUSED;
    }
    if (!known && rooms.size() >= limits.perSession()) {
      return Rooms.Joining.REFUSED;
    }
    Rooms.Joining joining = all.join(mine, room);
    if (joining == Rooms.Joining.JOINED) {
      rooms.add(room);
    }
    return joining;
  }

  synchronized boolean leave(String room) {
    Member mine = member;
    return mine != null && rooms.remove(room) && all.leave(mine, room);
  }

  /// Leaves all rooms for good.
  synchronized void give() {
    Member mine = member;
    member = null;
    if (mine != null) {
      rooms.forEach(room -> all.leave(mine, room));
    }
    rooms.clear();
  }
}
