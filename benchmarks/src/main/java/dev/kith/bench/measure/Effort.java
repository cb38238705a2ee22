package dev.kith.bench.measure;

import java.time.Duration;

/// How much time a run takes to be sure.
///
/// @param passes how often every subject gets a fork for every benchmark
/// @param passUntil after this time no further pass is begun, nor gone on with
/// @param settings how many settings of a subject are tried
/// @param trying the pace at which settings are tried
/// @param measuring the pace of the forks that count
/// @param forkMax when a fork is given up
public record Effort(
    int passes, Duration passUntil, int settings, Pace trying, Pace measuring, Duration forkMax) {

  /// In half an hour.
  public static Effort full() {
    return new Effort(
        4,
        Duration.ofMinutes(34),
        Integer.MAX_VALUE,
        new Pace(800, 200, 3),
        new Pace(2000, 400, 5),
        Duration.ofMinutes(3));
  }

  /// In less than eight minutes.
  public static Effort quick() {
    return new Effort(
        2,
        Duration.ofSeconds(390),
        2,
        new Pace(300, 100, 2),
        new Pace(1200, 200, 3),
        Duration.ofMinutes(1));
  }

  /// The same for workloads of several JVMs, which share two processors with their compilers: these
  /// are done after several seconds, not one.
  public Effort withLongerWarmup() {
    Pace longer =
        new Pace(
            Math.max(5_000, measuring.warmupMillis()), measuring.roundMillis(), measuring.rounds());
    return new Effort(passes, passUntil, settings, trying, longer, forkMax);
  }
}
