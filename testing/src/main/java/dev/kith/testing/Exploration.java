package dev.kith.testing;

import java.util.stream.LongStream;

/// Runs a test in many worlds, each with another order of events.
///
/// How many is what the test says, unless the system property `kith.schedules` gives a factor in
/// percent; one more seed comes fresh from `kith.seed.fresh`; and `kith.seed` runs that one alone,
/// which is how a failure is replayed.
///
/// **Failure.** The first world that fails ends the test with the line that replays it.
public final class Exploration {
  private static final int PERCENT = 100;

  private Exploration() {}

  /// What happens in each world.
  @FunctionalInterface
  public interface Scenario {
    /// Plays it.
    void play(World world) throws Exception;
  }

  /// Plays a scenario in the worlds of this many seeds and a fresh one.
  public static void explore(int schedules, Scenario scenario) {
    seeds(schedules).forEach(seed -> play(seed, scenario));
  }

  private static LongStream seeds(int schedules) {
    Long only = Long.getLong("kith.seed");
    if (only != null) {
      return LongStream.of(only);
    }
    long count =
        Math.max(1, (long) schedules * Integer.getInteger("kith.schedules", PERCENT) / PERCENT);
    LongStream fixed = LongStream.range(0, count);
    Long fresh = Long.getLong("kith.seed.fresh");
    return fresh == null ? fixed : LongStream.concat(fixed, LongStream.of(fresh));
  }

  private static void play(long seed, Scenario scenario) {
    try (World world = World.of(seed)) {
      scenario.play(world);
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(replay(seed) + ": " + failure.getMessage(), failure);
    }
  }

  /// The line that replays a failure.
  static String replay(long seed) {
    return "replay with -Dkith.seed=" + seed + Caller.testSelection();
  }

  /// The test that is on the stack.
  private static final class Caller {
    static String testSelection() {
      return StackWalker.getInstance()
          .walk(frames ->
              frames
                  .filter(frame -> frame.getClassName().endsWith("Test"))
                  .reduce((inner, outer) -> outer)
                  .map(frame ->
                      " -Dtest=" + simple(frame.getClassName()) + "#" + frame.getMethodName())
                  .orElse(""));
    }

    private static String simple(String className) {
      return className.substring(className.lastIndexOf('.') + 1);
    }
  }
}
