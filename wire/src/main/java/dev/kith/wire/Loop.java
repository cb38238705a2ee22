package dev.kith.wire;

/// The one thread that owns a number of pipes, and runs what is posted to it in order.
///
/// **Ordering.** Tasks of one poster run in the order posted. **Threading.** Post from any thread.
/// Tasks must not block: everybody on this loop waits for them. **Failure.** A task that throws is
/// reported and the loop goes on. A task posted after the loop has ended does not run. **Limits.**
/// The queue takes what comes; [#backlog()] is for posters that can wait.
public interface Loop {
  /// Runs the task on this loop, soon and never inside this call. A burst of tasks wakes the loop
  /// once, and what they write leaves in one flush.
  void execute(Runnable task);

  /// Whether the caller runs on this loop.
  boolean isCurrent();

  /// How many posted tasks have not run yet, as seen at some moment of this call.
  int backlog();
}
