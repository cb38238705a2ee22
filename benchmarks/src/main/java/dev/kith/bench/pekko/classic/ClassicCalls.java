package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.pattern.Patterns;

/// Virtual threads that ask one, and wait.
final class ClassicCalls extends OnClassic implements Calls {
  private final int callers;
  private final ActorRef server;

  ClassicCalls(Dispatcher dispatcher, int callers) {
    super(dispatcher);
    this.callers = callers;
    server = spawn(Question.Answerer.class, Question.Answerer::new);
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
      sum += call(server);
    }
    return sum;
  }

  static Integer call(ActorRef server) {
    return (Integer)
        Patterns.ask(server, new Question(NUMBER), WITHIN).toCompletableFuture().join();
  }
}
