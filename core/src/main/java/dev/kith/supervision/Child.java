package dev.kith.supervision;

import dev.kith.process.ProcessSpec;
import org.jspecify.annotations.Nullable;

/// One of a supervisor's children: what its state must know of it, running or not.
final class Child {
  final String id;
  final ChildType type;
  final Restart restart;
  final Shutdown shutdown;
  final boolean significant;

  /// Its own lane, where each child has one.
  final Lane lane = new Lane(this);

  /// Null once a temporary child is up, because its arguments may be large (SUP-12).
  @Nullable ProcessSpec<?> process;

  Phase phase = Phase.ABSENT;

  /// How often it has ended abnormally of its own.
  int crashes;

  /// The current run; 0 if there is none.
  long run;

  /// Where a child is; [SupervisorState] shows the ways.
  enum Phase {
    ABSENT,
    STARTING,
    UP,
    /// It has ended, and nobody has decided about it yet.
    DEAD,
    STOPPING,
    /// It will be started again without being asked.
    RESTARTING
  }

  Child(ChildSpec<?> spec) {
    this.id = spec.id();
    this.type = spec.type();
    this.restart = spec.restart();
    this.shutdown = spec.shutdown();
    this.significant = spec.isSignificant();
    this.process = spec.process();
  }

  boolean hasRun() {
    return run != 0;
  }

  boolean isRestarting() {
    return phase == Phase.RESTARTING;
  }

  boolean isTemporary() {
    return restart == Restart.TEMPORARY;
  }
}
