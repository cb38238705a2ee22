package dev.kith.supervision;

import dev.kith.process.ExitReason;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What a lane is doing: stopping children, then starting children, one at a time.
final class Activity {
  final Purpose purpose;
  final Deque<Child> stops = new ArrayDeque<>();
  final Deque<Child> starts = new ArrayDeque<>();

  /// Who is being started or stopped.
  @Nullable Child current;

  /// All stops are done.
  boolean hasStopped;

  Activity(Purpose purpose) {
    this.purpose = purpose;
  }

  /// What for; [SupervisorState] says what each does.
  sealed interface Purpose {}

  record Boot() implements Purpose {}

  record Restart(Pausing pausing) implements Purpose {}

  record First(long ticket) implements Purpose {}

  record Again(long ticket) implements Purpose {}

  record Terminate(long ticket) implements Purpose {}

  record End(ExitReason reason) implements Purpose {}

  /// What lies between the stops and the starts of a restart.
  enum Pausing {
    NOTHING,
    A_MESSAGE,
    A_WHILE
  }
}
