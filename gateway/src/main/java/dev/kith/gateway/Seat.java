package dev.kith.gateway;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One session's places in rooms.
///
/// **Threading.** The session's process; and once, when that has ended, whoever ends it. The lock
/// is this object's, because a killed process may still be running.
final class Seat {
  private final Rooms all;
  private final Member member;
  private final Set<String> rooms = new LinkedHashSet<>();
  private boolean given;

  Seat(Rooms all, Member member) {
    this.all = all;
    this.member = member;
  }

  String id() {
    return member.session();
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
    if (given || room.isBlank() || room.length() > limits.nameLength()) {
      return Rooms.Joining.REFUSED;
    }
    if (!known && rooms.size() >= limits.perSession()) {
      return Rooms.Joining.REFUSED;
    }
    Rooms.Joining joining = all.join(member, room);
    if (joining == Rooms.Joining.JOINED) {
      rooms.add(room);
    }
    return joining;
  }

  synchronized boolean leave(String room) {
    return rooms.remove(room) && all.leave(member, room);
  }

  /// Leaves all rooms for good.
  synchronized void give() {
    given = true;
    rooms.forEach(room -> all.leave(member, room));
    rooms.clear();
  }
}
