package dev.kith.bench.workload;

/// A supervisor has one child. The child is told to crash, throws, and the supervisor starts a new
/// one in its place: a new process, with its own identity and an empty mailbox, not the old one
/// cleaned up. The new one says that it is there, and is told to crash. Nothing is logged.
///
/// **Figure.** Restarts a second. **Checked.** Every child that reported is another process than
/// the one before.
public interface Restarts extends Workload {

  /// Lets the child crash so often; returns how many other ones have reported since.
  long crash(long times) throws Exception;

  @Override
  default Figures run(long times) throws Exception {
    Stopwatch watch = Stopwatch.start();
    long restarted = crash(times);
    double seconds = watch.seconds();
    Check.equal("restarts", times, restarted);
    return Figures.of(times / seconds);
  }
}
