package dev.kith.cluster.registrar;

import dev.kith.process.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Waits for what becomes of an attempt, and says when it has waited for long enough: whoever asked
/// is told once.
///
/// **Threading.** Any thread.
///
/// @param <T> what comes of the attempt
public final class Deadline<T> implements Consumer<Attempt<T>> {
  private final AtomicReference<@Nullable Consumer<? super Attempt<T>>> then;
  private final Clock.Alarm alarm;

  /// Begins to wait.
  ///
  /// @param holdup says in words what is being waited for
  public Deadline(
      Clock clock, Duration within, Supplier<String> holdup, Consumer<? super Attempt<T>> then) {
    this.then = new AtomicReference<>(then);
    this.alarm =
        clock.schedule(
            clock.nanos() + within.toNanos(),
            () -> tell(new Attempt.Unknown<>("no answer in " + within + ": " + holdup.get())));
  }

  /// It is known in time, or too late.
  @Override
  public void accept(Attempt<T> attempt) {
    alarm.cancel();
    tell(attempt);
  }

  /// Whether whoever asked has not been told yet.
  public boolean isOpen() {
    return then.get() != null;
  }

  private void tell(Attempt<T> attempt) {
    Consumer<? super Attempt<T>> to = then.getAndSet(null);
    if (to != null) {
      to.accept(attempt);
    }
  }
}
