package dev.kith.bench.fjp;

import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Virtual threads that send a cell a future, and wait for it.
final class PoolCalls extends OnPool implements Calls {
  record Question(Integer number, CompletableFuture<Integer> answer) {}

  private final int callers;
  private final Cell<Question> server = new Answerer();

  PoolCalls(int callers) {
    this.callers = callers;
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
      Question question = new Question(NUMBER, new CompletableFuture<>());
      server.send(question);
      sum += question.answer().get(WITHIN.toNanos(), TimeUnit.NANOSECONDS);
    }
    return sum;
  }

  @SuppressWarnings("serial")
  private final class Answerer extends Cell<Question> {
    Answerer() {
      super(pool);
    }

    @Override
    void handle(Question question) {
      question.answer().complete(question.number());
    }
  }
}
