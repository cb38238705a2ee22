package dev.kith.bench.workload;

/// A thousand processes each set as many timers, all of them due at the same moment.
///
/// That moment must lie behind the last setting. Who has not set all by then sets them once more,
/// with twice the time.
///
/// **Figures.** Timers set a second; and milliseconds from the moment at which all are due until
/// the last one was handled. **Checked.** None was due before all were set, none fired early, each
/// fired once.
public interface Timers extends Workload {
  /// How long after the first is set all are due, for each timer: a second for 400,000.
  long DELAY_NANOS_EACH = 2_500;

  /// The least delay.
  long DELAY_NANOS_MIN = 300_000_000;

  /// How many processes set timers.
  int owners();

  /// Has each process set so many timers for this moment; returns when all are set.
  void set(int timersEach, long dueAt) throws Exception;

  /// Waits until all have fired; returns how many have.
  long awaitAll() throws Exception;

  @Override
  default Figures run(long timers) throws Exception {
    int timersEach = Math.toIntExact(Math.max(1, timers / owners()));
    long all = (long) timersEach * owners();
    long delay = Math.max(DELAY_NANOS_MIN, all * DELAY_NANOS_EACH);
    while (true) {
      Stopwatch setting = Stopwatch.start();
      long dueAt = Stopwatch.now() + delay;
      set(timersEach, dueAt);
      double seconds = setting.seconds();
      boolean allWerePending = Stopwatch.now() < dueAt;
      Check.equal("timers fired", all, awaitAll());
      double late = Stopwatch.startingAt(dueAt).millis();
      Check.holds(late >= 0, "timers fired early");
      if (allWerePending) {
        return Figures.of(all / seconds, late);
      }
      delay *= 2;
    }
  }
}
