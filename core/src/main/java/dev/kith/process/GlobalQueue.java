package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// The turns that come from outside the workers, or do not fit into a ring: first in, first out.
///
/// A chain through the turns themselves, so that nothing is allocated here: whoever has just woken
/// a process must not be stopped by an `OutOfMemoryError` on the way to the queue.
///
/// **Threading.** Any thread.
final class GlobalQueue {
  /// Read without the lock by those who decide whether to sleep.
  private volatile @Nullable Turn first;

  private @Nullable Turn last;

  boolean isEmpty() {
    return first == null;
  }

  synchronized void add(Turn turn) {
    turn.behind = null;
    Turn before = last;
    last = turn;
    if (before == null) {
      first = turn;
    } else {
      before.behind = turn;
    }
  }

  /// The turn that has stood here longest; null if there is none.
  @Nullable Turn poll() {
    return first == null ? null : take();
  }

  private synchronized @Nullable Turn take() {
    Turn turn = first;
    if (turn != null) {
      first = turn.behind;
      turn.behind = null;
      if (first == null) {
        last = null;
      }
    }
    return turn;
  }

  synchronized void clear() {
    first = null;
    last = null;
  }
}
