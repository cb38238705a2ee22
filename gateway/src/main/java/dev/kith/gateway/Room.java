package dev.kith.gateway;

import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A broadcast costs its sender one task for each event loop, however many members there are: the loops own
 * the lists of pipes, and write to them. The lock is held while tasks are posted, so that all loops get the
 * broadcasts of a room in one order, and every member sees that order. For the same reason a join and a leave
 * are tasks too: what the joiner is greeted with, and what comes after, meet without a gap or a double.
 *
 * What was said on another node may come in a third one's history before it comes from there. Members hear it
 * when it does come from there, but for those whose greeting had it: histories are numbered, and each member
 * has the number of the last one before its greeting. If the room has forgotten it meanwhile, for want of room,
 * they hear it too.
 *
 * Nobody waits for a session's process here, and nobody under the lock for anything else.
 */
/// One room of this node: who is in it, and what it keeps for those who come later.
///
/// **Threading.** Any thread; the lock is this object's.
final class Room {
  final String name;
  private final int historyMax;
  private final VacantRooms vacant;

  /// Who is in, and the number of the last broadcast that was made for each.
  private final Map<String, Long> members = new LinkedHashMap<>();

  private final Map<Loop, Part> parts = new HashMap<>();
  private final TreeMap<Stamp, Object> kept = new TreeMap<>();

  /// Of what is kept, that which came in a history and not from where it was said: in which one.
  private final Map<Stamp, Integer> unheard = new HashMap<>();

  /// How many histories brought something.
  private int histories;

  /// Made of what is kept, until that changes.
  private @Nullable Payload greeting;

  /// It stays, though nobody may be in it.
  private boolean stays;

  /// Whether it stands among those that could make way.
  private boolean isListed;

  /// No longer among the rooms: look again.
  private boolean closed;

  /// The members on one loop.
  private static final class Part {
    final Loop loop;

    /// Guarded by the room's lock.
    int size;

    /// The loop's: each with how many histories are in its greeting.
    final Map<Pipe, Integer> pipes = new LinkedHashMap<>();

    Part(Loop loop) {
      this.loop = loop;
    }
  }

  /// @param vacant where it stands from its first use on, whenever it could make way
  Room(String name, int historyMax, VacantRooms vacant) {
    this.name = name;
    this.historyMax = historyMax;
    this.vacant = vacant;
  }

  /// What a join came to.
  enum Entry {
    JOINED,
    /// The session was in already, and is greeted again.
    GREETED,
    /// The room is gone.
    CLOSED
  }

  /// Lets a session in and greets it.
  ///
  /// @param told runs if the session is new, in order with all other changes
  synchronized Entry join(Member member, Greeting greets, Runnable told) {
    if (closed) {
      return Entry.CLOSED;
    }
    boolean added = members.putIfAbsent(member.id(), Long.MIN_VALUE) == null;
    Payload first = greetingBy(greets);
    int greetedWith = histories;
    Pipe pipe = member.pipe();
    Part part = parts.computeIfAbsent(pipe.loop(), Part::new);
    if (added) {
      part.size++;
    }
    part.loop.execute(() -> {
      pipe.write(first);
      part.pipes.put(pipe, greetedWith);
    });
    if (added) {
      used();
      told.run();
    }
    return added ? Entry.JOINED : Entry.GREETED;
  }

  private Payload greetingBy(Greeting greets) {
    Payload known = greeting;
    if (known == null) {
      known = greets.of(name, List.copyOf(kept.values()));
      greeting = known;
    }
    return known;
  }

  /// Lets a session out; false if it was not in.
  synchronized boolean leave(Member member, Runnable told) {
    if (members.remove(member.id()) == null) {
      return false;
    }
    Pipe pipe = member.pipe();
    Part part = parts.get(pipe.loop());
    if (part != null) {
      part.loop.execute(() -> part.pipes.remove(pipe));
      if (--part.size == 0) {
        parts.remove(pipe.loop());
      }
    }
    used();
    told.run();
    return true;
  }

  /// Writes to every member.
  ///
  /// @param told runs in order with all other changes
  synchronized void broadcast(Payload message, Runnable told) {
    for (Part part : parts.values()) {
      part.loop.execute(() -> part.pipes.keySet().forEach(pipe -> pipe.write(message)));
    }
    told.run();
  }

  /// Writes to every member and keeps the data for those who come later; false if the room is gone.
  ///
  /// @param told runs in order with all other changes
  synchronized boolean broadcastAndKeep(
      Payload message, RoomNews.Kept said, Origin origin, Runnable told) {
    if (closed) {
      return false;
    }
    Long last = members.get(origin.session());
    if (last != null && last >= origin.number()) {
      return true; // made before
    }
    if (last != null) {
      members.put(origin.session(), origin.number());
    }
    keep(said);
    used();
    broadcast(message, told);
    return true;
  }

  /// As [#broadcastAndKeep], for what was said on another node.
  synchronized boolean heard(Payload message, RoomNews.Kept said, Runnable told) {
    if (closed) {
      return false;
    }
    Integer history = unheard.remove(said.stamp());
    if (history != null) {
      broadcastBut(history, message, told);
    } else if (keep(said)) {
      broadcast(message, told);
    }
    used();
    return true;
  }

  /// Writes to every member whose greeting did not have this history.
  private void broadcastBut(int history, Payload message, Runnable told) {
    for (Part part : parts.values()) {
      part.loop.execute(() ->
          part.pipes.forEach((pipe, greetedWith) -> {
            if (greetedWith < history) {
              pipe.write(message);
            }
          }));
    }
    told.run();
  }

  /// Another node has kept these; false if the room is gone.
  synchronized boolean merge(List<RoomNews.Kept> others) {
    int history = histories + 1;
    for (RoomNews.Kept other : others) {
      if (keep(other) && kept.containsKey(other.stamp())) {
        unheard.put(other.stamp(), history);
        histories = history;
      }
    }
    used();
    return !closed;
  }

  /// Keeps something, if there is room; false if it is known.
  private boolean keep(RoomNews.Kept said) {
    if (kept.putIfAbsent(said.stamp(), said.data()) != null) {
      return false;
    }
    if (kept.size() > historyMax) {
      unheard.remove(kept.pollFirstEntry().getKey());
    }
    greeting = null;
    return true;
  }

  /// It stays from now on, though nobody may be in it; false if it is gone.
  synchronized boolean stay() {
    stays = !closed;
    used();
    return stays;
  }

  /// Whether there is a reason to name it, but for members on other nodes.
  synchronized boolean isThere() {
    return stays || !members.isEmpty() || !kept.isEmpty();
  }

  synchronized List<RoomNews.Kept> kept() {
    return kept.entrySet().stream()
        .map(entry -> new RoomNews.Kept(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Does something with what is kept, in order with all other changes.
  synchronized void withKept(Consumer<List<RoomNews.Kept>> action) {
    action.accept(kept());
  }

  /// The room was used: from now on it could make way, later than others, or cannot.
  synchronized void used() {
    if (isVacant()) {
      vacant.add(this, !kept.isEmpty());
      isListed = true;
    } else if (isListed) {
      vacant.remove(this);
      isListed = false;
    }
  }

  private boolean isVacant() {
    return members.isEmpty() && !stays && !closed;
  }

  /// Closes the room if nobody is in it and it does not stay; false if it does not make way, or has
  /// done so before.
  synchronized boolean closeIfVacant() {
    boolean closes = isVacant();
    closed = closed || closes;
    used();
    return closes;
  }
}
