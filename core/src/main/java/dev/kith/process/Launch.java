package dev.kith.process;

import java.util.Optional;

/// A start under way ([Self#start]), as seen by who asked for it.
///
/// Cancelled, its outcome is not told; the process itself goes on, linked.
///
/// @param <N> the messages that the new process takes
public interface Launch<N> extends Cancel {

  /// The process that is starting, so that it can be watched or stopped before it is up; empty if
  /// none was made.
  Optional<ProcessRef<N>> process();
}
