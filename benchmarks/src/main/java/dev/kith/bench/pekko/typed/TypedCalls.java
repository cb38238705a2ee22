package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// Virtual threads that ask a behavior, and wait.
final class TypedCalls extends OnTyped implements Calls {
  private final int callers;
  private final ActorRef<Question> server;

  TypedCalls(Dispatcher dispatcher, int callers) throws Exception {
    super(dispatcher);
    this.callers = callers;
    server = spawn(Question.answerer());
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

  private long callAll(long calls) {
    long sum = 0;
    for (long i = 0; i < calls; i++) {
      sum += call(this, server);
    }
    return sum;
  }

  static Integer call(OnTyped workload, ActorRef<Question> server) {
    return AskPattern.<Question, Integer>ask(
            server, asker -> new Question(NUMBER, asker), WITHIN, workload.system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
