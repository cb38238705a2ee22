package dev.kith.bench.workload;

/// One caller calls one server, while beside them one process spins and one blocks, both without
/// end (see [Nuisance]). First it calls as fast as it can, to learn what the full load is; then at
/// half that rate, by a timetable.
///
/// A call's latency counts from the moment at which the timetable has it, not from when the caller
/// came to make it: whoever is held up pays for all the calls that had to wait (otherwise a stall
/// of a second would be one slow call, and not thousands).
///
/// **Figures.** Half the full load, in calls a second; then the latencies, in microseconds, that
/// half, 99 and 99.9 % of the calls stay under. **Checked.** Every call was answered.
public interface Latency extends Workload {

  /// Runs a timetable in a caller; returns when it is through.
  void call(Timetable timetable) throws Exception;

  @Override
  default Figures run(long calls) throws Exception {
    Timetable full = new Timetable(Math.toIntExact(calls), 0);
    Stopwatch watch = Stopwatch.start();
    call(full);
    full.checkThrough();
    double seconds = watch.seconds();
    Timetable half = new Timetable(Math.toIntExact(calls), (long) (2e9 * seconds / calls));
    call(half);
    half.checkThrough();
    double[] latencies = half.microsUnder(0.5, 0.99, 0.999);
    return Figures.of(calls / seconds / 2, latencies[0], latencies[1], latencies[2]);
  }
}
