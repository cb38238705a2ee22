package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// What a [Scheduler] runs: a process that has something to do.
public abstract sealed class Turn permits Mailbox {
  /// The turn behind this one where it stands: among those that a worker has woken but not yet put
  /// into a queue, or in the global queue. Written by whoever won the right to schedule this turn.
  @Nullable Turn behind;

  /// Where the process's thread waits, if it is one that waits on a thread. Written by the
  /// process's own thread before it goes idle; read by whoever wakes it.
  @Nullable Waiter waiter;

  Turn() {}

  /// Takes one turn: handles messages until there are none, the slice is used up or the process
  /// ends.
  ///
  /// Called for each [Scheduler#schedule], and never by two threads at once.
  ///
  /// @return whether there is more to do: then the scheduler runs it again, behind the others
  public abstract boolean run(Slice slice);
}
