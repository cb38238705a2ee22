package dev.kith.bench.workload;

/// Many processes watch one. It ends, and each of them is told.
///
/// **Figure.** Milliseconds from telling it to end until the last watcher has handled the news; not
/// counted is the time in which they began to watch. **Checked.** Each watcher was told once.
public interface Downs extends Workload {

  /// Makes one process and has this many others watch it; returns when all do.
  void watch(int watchers) throws Exception;

  /// Ends the process; returns when all watchers have been told.
  void end() throws Exception;

  @Override
  default Figures run(long watchers) throws Exception {
    watch(Math.toIntExact(watchers));
    Stopwatch watch = Stopwatch.start();
    end();
    return Figures.of(watch.millis());
  }
}
