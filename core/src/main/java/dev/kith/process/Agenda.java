package dev.kith.process;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * A binary heap by time in which every entry knows its place, so that a timer or a deadline that is no
 * longer wanted leaves at once instead of waiting to be due: a process that asks a million times a second
 * with a deadline of five seconds must not keep five million answered requests.
 *
 * The order of entries that are due at the same time is unspecified, but the same in each run.
 */
/// A process's timers and deadlines, earliest first.
///
/// **Threading.** Belongs to its process. **Limits.** Unbounded, because each entry was asked for
/// by the process that owns it.
final class Agenda {
  private Due[] heap = new Due[4];
  private int size;

  /// The time of the earliest entry; `Long.MAX_VALUE` if there is none.
  long earliest() {
    return size == 0 ? Long.MAX_VALUE : heap[0].dueAt();
  }

  int size() {
    return size;
  }

  void add(Due entry) {
    Checks.check(entry.agendaIndex() < 0, "already on the agenda, at %d", entry.agendaIndex());
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(size++, entry);
  }

  /// Takes an entry out, if it is in.
  boolean remove(Due entry) {
    int index = entry.agendaIndex();
    if (index < 0) {
      return false;
    }
    entry.agendaIndex(-1);
    Due last = heap[--size];
    clear(size);
    if (last != entry) {
      siftDown(index, last);
      if (heap[index] == last) {
        siftUp(index, last);
      }
    }
    return true;
  }

  /// Takes the earliest entry that is due, if any.
  @Nullable Due pollDue(long now) {
    if (size == 0 || heap[0].dueAt() > now) {
      return null;
    }
    Due first = heap[0];
    remove(first);
    return first;
  }

  @SuppressWarnings("NullAway") // beyond `size` the array holds nothing that is read
  private void clear(int index) {
    heap[index] = null;
  }

  private void siftUp(int from, Due entry) {
    int index = from;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      if (heap[parent].dueAt() <= entry.dueAt()) {
        break;
      }
      place(index, heap[parent]);
      index = parent;
    }
    place(index, entry);
  }

  private void siftDown(int from, Due entry) {
    int index = from;
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && heap[child + 1].dueAt() < heap[child].dueAt()) {
        child++;
      }
      if (heap[child].dueAt() >= entry.dueAt()) {
        break;
      }
      place(index, heap[child]);
      index = child;
    }
    place(index, entry);
  }

  private void place(int index, Due entry) {
    heap[index] = entry;
    entry.agendaIndex(index);
  }
}
