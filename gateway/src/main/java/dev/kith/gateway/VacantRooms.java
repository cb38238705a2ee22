package dev.kith.gateway;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// The rooms of a node that could make way for others: nobody is in them, and they do not stay.
///
/// **Threading.** Any thread; the lock is this object's. A room takes it with its own, and nobody
/// takes another with it.
final class VacantRooms {
  private final LinkedHashSet<Room> withoutHistory = new LinkedHashSet<>();
  private final LinkedHashSet<Room> withHistory = new LinkedHashSet<>();

  /// A room could make way from now on, after those of its kind that could before.
  synchronized void add(Room room, boolean hasHistory) {
    (hasHistory ? withoutHistory : withHistory).remove(room);
    (hasHistory ? withHistory : withoutHistory).addLast(room);
  }

  /// A room is in use, or gone.
  synchronized void remove(Room room) {
    withoutHistory.remove(room);
    withHistory.remove(room);
  }

  /// Which one should make way first: if possible one that has kept nothing, and of these the one
  /// that was unused for longest. Null if none can.
  synchronized @Nullable Room first() {
    LinkedHashSet<Room> candidates = withoutHistory.isEmpty() ? withHistory : withoutHistory;
    return candidates.isEmpty() ? null : candidates.getFirst();
  }
}
