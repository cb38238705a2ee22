package dev.kith.gateway;

import dev.kith.observe.DropReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One process's interest in rooms, kept under its name: who holds the name next goes on where the
/// last one ended.
///
/// **Threading.** Any thread; the lock is this object's. **Limits.** While nobody holds the name,
/// the last [#WAITING_MAX] events wait; older ones are dropped and counted.
final class Subscription<M> {
  private static final int WAITING_MAX = 1_000;

  private final Node node;
  private final Name<M> subscriber;
  private final @Nullable String room;
  private final Function<? super RoomEvent, ? extends M> as;
  private final Deque<RoomEvent> waiting = new ArrayDeque<>();

  Subscription(
      Node node,
      Name<M> subscriber,
      @Nullable String room,
      Function<? super RoomEvent, ? extends M> as) {
    this.node = node;
    this.subscriber = subscriber;
    this.room = room;
    this.as = as;
  }

  boolean isFor(Name<?> name, @Nullable String ofRoom) {
    return subscriber.equals(name) && (room == null ? ofRoom == null : room.equals(ofRoom));
  }

  /// Tells the subscriber, if the event is of its room.
  synchronized void tell(RoomEvent event) {
    if (room != null && !room.equals(event.room())) {
      return;
    }
    if (waiting.size() == WAITING_MAX) {
      waiting.removeFirst();
      node.drops().count(DropReason.NO_PROCESS);
    }
    waiting.addLast(event);
    flush();
  }

  /// The name may have been taken.
  synchronized void started(Optional<String> name) {
    if (name.isPresent() && name.get().equals(subscriber.text())) {
      flush();
    }
  }

  private void flush() {
    Optional<ProcessRef<M>> holder = node.whereis(subscriber);
    if (holder.isPresent()) {
      waiting.forEach(event -> node.tell(holder.get(), as.apply(event)));
      waiting.clear();
    }
  }
}
