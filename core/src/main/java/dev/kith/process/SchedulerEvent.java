package dev.kith.process;

import dev.kith.observe.SystemEvent;

/// What the run queues tell about themselves, to each node that uses them.
public sealed interface SchedulerEvent extends SystemEvent {

  /// A thread is stuck or waits, a spare was wanted in its place, and there are as many as there
  /// may be. Told once, and again after there was one to spare. While none of the threads is free,
  /// turns run on virtual threads.
  ///
  /// @param threads how many threads there are
  record SparesExhausted(int threads) implements SchedulerEvent {}
}
