package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// A message that a process sends itself later, once or again and again.
final class Timer extends Due implements Cancel {
  private final LocalProcess<?> owner;
  private final Object message;
  private final @Nullable TraceContext trace;

  /// Between two times, in nanoseconds; 0 for once.
  private final long period;

  private State state = State.WAITING;

  private enum State {
    WAITING,
    /// Its message is among the process's messages.
    QUEUED,
    DONE
  }

  Timer(
      LocalProcess<?> owner,
      Object message,
      long dueAt,
      long period,
      @Nullable TraceContext trace) {
    super(dueAt);
    this.owner = owner;
    this.message = message;
    this.period = period;
    this.trace = trace;
  }

  /// Null if the last message still waits.
  @Override
  @Nullable Mail rings(Agenda agenda) {
    boolean queued = state == State.QUEUED;
    state = State.QUEUED;
    if (period > 0) {
      long late = Math.max(0, owner.node.clock().nanos() - dueAt);
      dueAt += period * (1 + late / period);
      agenda.add(this);
    }
    return queued ? null : this;
  }

  @Override
  public boolean cancel() {
    boolean outer = owner.enterSelf();
    try {
      owner.extras().agenda.remove(this);
      boolean inTime = state != State.DONE;
      state = State.DONE;
      return inTime;
    } finally {
      owner.leave(outer);
    }
  }

  @Override
  boolean isForRuntime() {
    return state == State.DONE;
  }

  @Override
  Object open() {
    return message;
  }

  @Override
  void taken(LocalProcess<?> receiver) {
    state = period > 0 ? State.WAITING : State.DONE;
  }

  @Override
  @Nullable TraceContext trace() {
    return trace;
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return message;
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    // a timer ends with its process (JVM-9): nothing is lost
  }
}
