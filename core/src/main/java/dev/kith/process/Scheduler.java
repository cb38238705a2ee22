package dev.kith.process;

import dev.kith.observe.Events;

/// Decides which process runs next and on which thread.
///
/// There is one in a program (the run queues) and one in the simulated world. The runtime calls it
/// only when something idle becomes runnable, never for a message to a process that is already
/// busy.
///
/// **Threading.** Every method may be called by any thread.
public abstract class Scheduler {

  /// For the two implementations.
  protected Scheduler() {}

  /// A process has become runnable: run its turn soon, once.
  protected abstract void schedule(Turn turn);

  /// As [#schedule], by a thread that is about to wait for what this turn does.
  protected void handOver(Turn turn) {
    schedule(turn);
  }

  /// A process has a thread of its own: start that thread and run the turn there to its end.
  protected abstract void fork(Turn body);

  /// Blocks the calling thread until its waiter is resumed or the deadline passes; may return
  /// early.
  ///
  /// @param deadlineNanos on the environment's clock; `Long.MAX_VALUE` for never
  protected abstract void await(Waiter waiter, long deadlineNanos);

  /// Ends a waiter's [#await], or its next one.
  protected abstract void resume(Waiter waiter);

  /// A process was killed while its code runs: take it over if it does not come back by itself.
  protected abstract void reap(Turn killed);

  /// A node has begun to use this scheduler.
  ///
  /// @param events where to tell it what concerns the scheduler itself
  protected void enter(Events events) {}

  /// A node has stopped using this scheduler.
  protected void leave(Events events) {}

  /// About how many threads run turns at the same time; 1 makes everything that is numbered come in
  /// order.
  protected abstract int parallelism();

  /// Which tick of coarse time it is, about a millisecond each.
  protected abstract int tick();
}
