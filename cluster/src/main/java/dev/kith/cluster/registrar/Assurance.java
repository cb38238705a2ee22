package dev.kith.cluster.registrar;

import dev.kith.process.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Until when a node is sure of its stay: for some time after it *sent* the last sign of life that
/// was answered, by the monotonic clock, which a stopped machine may stop, and by the wall's, which
/// people may change: whichever is sooner.
///
/// **Threading.** Any thread.
public final class Assurance {
  private final Clock clock;
  private final Duration relied;
  private final Runnable doubt;
  private boolean begun;
  private long nanos;
  private long wall;
  private Clock.@Nullable Alarm alarm;

  /// Sure of nothing.
  ///
  /// @param relied the time of a session, less what clocks and messages may be late
  /// @param doubt is run when that time has passed without another answer
  public Assurance(Clock clock, Duration relied, Runnable doubt) {
    this.clock = clock;
    this.relied = relied;
    this.doubt = doubt;
  }

  /// When something was sent, by both clocks.
  public record Sent(long nanos, long wall) {}

  /// Now.
  public Sent sent() {
    return new Sent(clock.nanos(), clock.wallMillis());
  }

  /// What was sent then has been answered.
  public synchronized void answered(Sent sent) {
    long until = sent.nanos + relied.toNanos();
    if (!begun || until - nanos > 0) {
      begun = true;
      nanos = until;
      wall = sent.wall + relied.toMillis();
      cancel();
      alarm = clock.schedule(nanos, this::ring);
    }
  }

  private void ring() {
    if (!isSure()) {
      doubt.run();
    }
  }

  /// Whether it is sure at this moment.
  public synchronized boolean isSure() {
    return begun && clock.nanos() - nanos < 0 && clock.wallMillis() < wall;
  }

  /// It is sure of nothing any more.
  public synchronized void end() {
    begun = false;
    cancel();
  }

  private void cancel() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }
}
