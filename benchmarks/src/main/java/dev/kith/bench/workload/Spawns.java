package dev.kith.bench.workload;

/// A parent starts children; each handles one message and ends, and the parent is told of its end
/// by whatever the subject has for that: a link, a watch, or else a message of the child.
///
/// The parent starts a batch, then looks after its mailbox, as a process should.
///
/// **Figure.** Children started and ended a second. **Checked.** The parent was told of every end.
public interface Spawns extends Workload {
  /// Children that the parent starts in one turn.
  int BATCH = 1000;

  /// Starts so many children; returns of how many ends the parent was told.
  long spawn(long children) throws Exception;

  @Override
  default Figures run(long children) throws Exception {
    Stopwatch watch = Stopwatch.start();
    long ended = spawn(children);
    double seconds = watch.seconds();
    Check.equal("ends", children, ended);
    return Figures.of(children / seconds);
  }
}
