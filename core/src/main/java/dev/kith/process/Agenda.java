package dev.kith.process;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * A binary heap by time in which every entry knows its place, so that a timer or a deadline that is no
 * longer wanted leaves at once instead of waiting to be due: a process that asks a million times a second
 * with a deadline of five seconds must not keep five million answered requests.
 *
 * A process may run out of stack at any call and go on. So `add` and `remove` make no call once they have
 * changed anything, which is why the sifting stands in them.
 *
 * The order of entries that are due at the same time is unspecified, but the same in each run.
 */
/// A process's timers and deadlines, earliest first.
///
/// **Threading.** Belongs to its process. **Limits.** Unbounded, because each entry was asked for
/// by the process that owns it.
final class Agenda {
  private @Nullable Due[] heap = new Due[4];
  private int size;

  /// The time of the earliest entry; `Long.MAX_VALUE` if there is none.
  long earliest() {
    Due first = heap[0];
    return first == null ? Long.MAX_VALUE : first.dueAt;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("NullAway") // up to `size` nothing is null
  void add(Due entry) {
    Checks.check(entry.agendaIndex < 0, "already on the agenda, at %d", entry.agendaIndex);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    @Nullable Due[] tree = heap;
    int index = size++;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      Due above = tree[parent];
      if (above.dueAt <= entry.dueAt) {
        break;
      }
      tree[index] = above;
      above.agendaIndex = index;
      index = parent;
    }
    tree[index] = entry;
    entry.agendaIndex = index;
  }

  /// Takes an entry out, if it is in. The last one takes its place, and from there finds its own.
  @SuppressWarnings("NullAway") // up to `size` nothing is null
  boolean remove(Due entry) {
    int index = entry.agendaIndex;
    if (index < 0) {
      return false;
    }
    @Nullable Due[] tree = heap;
    int end = --size;
    Due moved = tree[end];
    tree[end] = null;
    entry.agendaIndex = -1;
    if (moved == entry) {
      return true;
    }
    while (index > 0 && tree[(index - 1) >>> 1].dueAt > moved.dueAt) {
      int parent = (index - 1) >>> 1;
      tree[index] = tree[parent];
      tree[index].agendaIndex = index;
      index = parent;
    }
    for (int child = 2 * index + 1; child < end; child = 2 * index + 1) {
      if (child + 1 < end && tree[child + 1].dueAt < tree[child].dueAt) {
        child++;
      }
      if (tree[child].dueAt >= moved.dueAt) {
        break;
      }
      tree[index] = tree[child];
      tree[index].agendaIndex = index;
      index = child;
    }
    tree[index] = moved;
    moved.agendaIndex = index;
    return true;
  }

  /// Takes the earliest entry that is due, if any.
  @Nullable Due pollDue(long now) {
    Due first = heap[0];
    if (first == null || first.dueAt > now) {
      return null;
    }
    remove(first);
    return first;
  }
}
