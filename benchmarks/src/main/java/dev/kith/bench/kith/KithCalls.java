package dev.kith.bench.kith;

import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Patience;
import dev.kith.process.Inbox;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Bodies that call a server.
final class KithCalls extends OnNode implements Calls {
  record Begin(long calls, CompletableFuture<Long> sum) {}

  private final ProcessRef<Question> server = node.spawn(Question.class, Question.Answerer::new);
  private final List<ProcessRef<Begin>> callers = new ArrayList<>();

  KithCalls(int callers) {
    for (int i = 0; i < callers; i++) {
      this.callers.add(node.spawn(Begin.class, this::callForEver));
    }
  }

  @Override
  public int callers() {
    return callers.size();
  }

  @Override
  public long call(long callsEach) throws Exception {
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (ProcessRef<Begin> caller : callers) {
      CompletableFuture<Long> sum = new CompletableFuture<>();
      sums.add(sum);
      caller.send(new Begin(callsEach, sum));
    }
    return Patience.awaitSum(sums);
  }

  private void callForEver(Self<Begin> self, Inbox<Begin> inbox) {
    while (true) {
      Begin begin = inbox.receive();
      long sum = 0;
      for (long i = 0; i < begin.calls(); i++) {
        sum += self.call(server, new Question(NUMBER), WITHIN);
      }
      begin.sum().complete(sum);
    }
  }
}
