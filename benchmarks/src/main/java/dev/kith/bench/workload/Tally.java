package dev.kith.bench.workload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what many processes have each done once, for a thread that waits until all have.
///
/// **Threading.** Any thread, any process.
public final class Tally {
  private final CompletableFuture<Boolean> complete = new CompletableFuture<>();

  /// How many are missing. Written by whoever counts.
  private final AtomicLong missing;

  /// So many are to come.
  public Tally(long expected) {
    missing = new AtomicLong(expected);
    if (expected == 0) {
      complete.complete(true);
    }
  }

  /// One more has done it.
  public void count() {
    if (missing.decrementAndGet() == 0) {
      complete.complete(true);
    }
  }

  /// Waits until all have.
  ///
  /// @throws IllegalStateException if even more have
  public void await() throws InterruptedException, ExecutionException, TimeoutException {
    Patience.await(complete);
    Check.equal("missing", 0, missing.get());
  }
}
