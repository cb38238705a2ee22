package dev.kith.bench.fjp;

import java.util.concurrent.ForkJoinPool;

/// A workload with a pool of its own: a thread for each processor, oldest task first.
abstract class OnPool implements AutoCloseable {
  final ForkJoinPool pool =
      new ForkJoinPool(
          Runtime.getRuntime().availableProcessors(),
          ForkJoinPool.defaultForkJoinWorkerThreadFactory,
          null,
          true);

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
