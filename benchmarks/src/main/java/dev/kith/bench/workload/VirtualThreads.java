package dev.kith.bench.workload;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Callers outside of any process.
public final class VirtualThreads {
  private VirtualThreads() {}

  /// Runs this on a virtual thread of its own.
  public static <T> Future<T> start(Callable<T> task) {
    FutureTask<T> result = new FutureTask<>(task);
    Thread.startVirtualThread(result);
    return result;
  }
}
