package dev.kith.testing;

import dev.kith.process.Clock;
import java.util.PriorityQueue;

/// Time that passes only when the world lets it.
///
/// **Threading.** Only the thread that holds the baton.
final class SimulatedClock implements Clock {
  /// When every world begins: 2001-09-09T01:46:40Z, so that dates look like dates.
  private static final long WALL_MILLIS_AT_START = 1_000_000_000_000L;

  private final PriorityQueue<Pending> alarms = new PriorityQueue<>();
  private long now;
  private long sequence;

  /// An alarm that is set; alarms of one time ring in the order they were set.
  private static final class Pending implements Comparable<Pending>, Alarm {
    final long at;
    final long number;
    final Runnable task;
    boolean cancelled;

    Pending(long at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Pending other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public long wallMillis() {
    return WALL_MILLIS_AT_START + now / 1_000_000;
  }

  @Override
  public Alarm schedule(long atNanos, Runnable task) {
    Pending alarm = new Pending(Math.max(now, atNanos), sequence++, task);
    alarms.add(alarm);
    return alarm;
  }

  /// When the next alarm rings; `Long.MAX_VALUE` if none is set.
  long nextAlarm() {
    while (!alarms.isEmpty() && alarms.element().cancelled) {
      alarms.remove();
    }
    return alarms.isEmpty() ? Long.MAX_VALUE : alarms.element().at;
  }

  /// Moves to the next alarm and rings it.
  void ringNext() {
    Pending alarm = alarms.remove();
    now = alarm.at;
    alarm.task.run();
  }

  /// Moves ahead to a time before the next alarm.
  void moveTo(long nanos) {
    now = Math.max(now, nanos);
  }
}
