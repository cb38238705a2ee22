package dev.kith.bench.workload;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How the thread that runs a benchmark waits for its processes: until they have done their work,
/// but not for ever.
public final class Patience {
  private static final long MINUTES = 5;

  private Patience() {}

  /// Waits for one result.
  public static <T> T await(Future<T> result)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(MINUTES, TimeUnit.MINUTES);
  }

  /// Waits for all, and adds them up.
  public static long awaitSum(List<? extends Future<Long>> results)
      throws InterruptedException, ExecutionException, TimeoutException {
    long sum = 0;
    for (Future<Long> result : results) {
      sum += await(result);
    }
    return sum;
  }
}
