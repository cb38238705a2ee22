package dev.kith.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a [StateMachine] does after a message: a value.
///
/// @param <S> its states
/// @param <M> its messages
public final class Step<S, M> {
  private final @Nullable S next;
  private final @Nullable Timeout<M> timeout;
  private final boolean postpones;

  /// What comes if the machine is still in its state then.
  ///
  /// @param within how long it may stay
  /// @param message what it then gets
  /// @param <M> the messages
  record Timeout<M>(Duration within, M message) {}

  private Step(@Nullable S next, @Nullable Timeout<M> timeout, boolean postpones) {
    this.next = next;
    this.timeout = timeout;
    this.postpones = postpones;
  }

  /// Stays in the state; a timeout that runs goes on.
  public static <S, M> Step<S, M> stay() {
    return new Step<>(null, null, false);
  }

  /// Goes to a state. If it is another one, the timeout of the old one is cancelled, and what was
  /// postponed is handled again, oldest first, before everything that waits.
  public static <S, M> Step<S, M> to(S state) {
    return new Step<>(Objects.requireNonNull(state), null, false);
  }

  /// The same, and if the machine is still in its state after this time, this message comes. There
  /// is one timeout: a new one takes the old one's place.
  public Step<S, M> within(Duration time, M message) {
    return new Step<>(next, new Timeout<>(time, Objects.requireNonNull(message)), postpones);
  }

  /// The same, and the message is handled again in the next other state. A request need not be
  /// answered before.
  public Step<S, M> postponed() {
    return new Step<>(next, timeout, true);
  }

  Optional<S> next() {
    return Optional.ofNullable(next);
  }

  Optional<Timeout<M>> timeout() {
    return Optional.ofNullable(timeout);
  }

  boolean isPostponed() {
    return postpones;
  }
}
