package dev.kith.process;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The same thing many times over on real threads, each time with other delays.
///
/// Real threads do not follow a seed: it varies the delays and nothing else. Whatever waits here
/// waits with a deadline, so that a wake-up that is lost is a failure and not a test that hangs.
final class Stress {
  /// Far longer than anything here takes on a machine that is busy with something else.
  static final Duration LONG = Duration.ofSeconds(20);

  private static final Clock CLOCK = new RealClock();
  private static final int USUAL_SCHEDULES = 200;
  private static final int MORE_MAX = 10;

  private Stress() {}

  /// So many rounds in a usual check, up to ten times as many in a long one.
  static int rounds(int usual) {
    int schedules = Integer.getInteger("kith.schedules", USUAL_SCHEDULES);
    return usual * Math.clamp(schedules / USUAL_SCHEDULES, 1, MORE_MAX);
  }

  /// How long a crowd is let loose: a second in a usual check, two minutes in a long one.
  static Duration crowdSpan() {
    return rounds(1) > 1 ? Duration.ofMinutes(2) : Duration.ofSeconds(1);
  }

  /// Lets this time pass.
  static void pass(Duration time) {
    long until = CLOCK.nanos() + time.toNanos();
    while (CLOCK.nanos() < until) {
      LockSupport.parkNanos(until - CLOCK.nanos());
    }
  }

  /// Blocks as code does that knows nothing of processes; an interrupt ends it early.
  static void sleep(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }

  static SplittableRandom random() {
    return new SplittableRandom(Long.getLong("kith.seed.fresh", 1));
  }

  /// Keeps the thread busy for about so long, or for a random part of it.
  static void linger(SplittableRandom random, int nanosMax) {
    long until = CLOCK.nanos() + random.nextInt(nanosMax);
    while (CLOCK.nanos() < until) {
      Thread.onSpinWait();
    }
  }

  /// Waits for something that nobody announces.
  static void await(Supplier<String> what, BooleanSupplier come) {
    long until = CLOCK.nanos() + LONG.toNanos();
    while (!come.getAsBoolean()) {
      if (CLOCK.nanos() > until) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      LockSupport.parkNanos(50_000);
    }
  }
}
