package dev.kith.bench.threads;

import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/// Threads that send a thread a future, and wait for it.
final class ThreadCalls extends OnThreads implements Calls {
  private final int callers;
  private final BlockingQueue<Question> server = mailbox();

  ThreadCalls(int callers) {
    this.callers = callers;
    startForEver(() -> Question.answer(server));
  }

  @Override
  public int callers() {
    return callers;
  }

  @Override
  public long call(long callsEach) throws Exception {
    List<Future<Long>> sums = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      sums.add(VirtualThreads.start(() -> callAll(callsEach)));
    }
    return Patience.awaitSum(sums);
  }

  private long callAll(long calls)
      throws InterruptedException, ExecutionException, TimeoutException {
    long sum = 0;
    for (long i = 0; i < calls; i++) {
      sum += Question.ask(server, NUMBER, WITHIN.toNanos());
    }
    return sum;
  }
}
