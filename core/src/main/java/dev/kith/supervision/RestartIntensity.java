package dev.kith.supervision;

import java.time.Duration;
import java.util.Objects;

/// How many restarts within which time a supervisor takes for bad luck; with more it gives up, and
/// leaves the matter to its own supervisor.
///
/// Each attempt counts, those too that fail to start. The window slides: restarts that are longer
/// ago than `window` are forgotten.
///
/// @param restarts how many are allowed; 0 gives up at the first
/// @param window within which time
/// @param resolution how exactly times are compared
public record RestartIntensity(int restarts, Duration window, Resolution resolution) {
  private static final RestartIntensity STANDARD = of(1, Duration.ofSeconds(5));

  /// How exactly times are compared.
  public enum Resolution {
    /// By milliseconds.
    MILLISECONDS(1_000_000),

    /// By whole seconds, as OTP does: restarts up to a second longer ago may still count.
    SECONDS(1_000_000_000);

    private final long nanos;

    Resolution(long nanos) {
      this.nanos = nanos;
    }

    long stampOf(Duration time) {
      return Math.floorDiv(time.toNanos(), nanos);
    }
  }

  public RestartIntensity {
    Objects.requireNonNull(resolution);
    if (restarts < 0 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "at least 0 restarts in more than no time, not %d in %s".formatted(restarts, window));
    }
  }

  /// So many restarts within this time, by milliseconds.
  public static RestartIntensity of(int restarts, Duration window) {
    return new RestartIntensity(restarts, window, Resolution.MILLISECONDS);
  }

  /// What a supervisor has that says nothing else: 1 restart in 5 seconds.
  public static RestartIntensity standard() {
    return STANDARD;
  }

  /// The same, with times compared by whole seconds as OTP does.
  public RestartIntensity inWholeSeconds() {
    return new RestartIntensity(restarts, window, Resolution.SECONDS);
  }

  @Override
  public String toString() {
    return restarts + (restarts == 1 ? " restart in " : " restarts in ") + Texts.of(window);
  }
}
