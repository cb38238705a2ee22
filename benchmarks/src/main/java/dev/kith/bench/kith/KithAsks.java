package dev.kith.bench.kith;

import dev.kith.bench.workload.Asks;
import dev.kith.bench.workload.Patience;
import dev.kith.process.Answer;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Servers that ask a server.
final class KithAsks extends OnNode implements Asks {
  sealed interface Message {}

  record Begin(long asks, CompletableFuture<Long> sum) implements Message {}

  record Answered(Answer<Integer> answer) implements Message {}

  private final List<ProcessRef<Message>> askers = new ArrayList<>();

  KithAsks(int askers) {
    ProcessRef<Question> server = node.spawn(Question.class, Question.Answerer::new);
    for (int i = 0; i < askers; i++) {
      this.askers.add(node.spawn(Message.class, () -> new Asker(server)));
    }
  }

  @Override
  public int askers() {
    return askers.size();
  }

  @Override
  public long ask(long asksEach) throws Exception {
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (ProcessRef<Message> asker : askers) {
      CompletableFuture<Long> sum = new CompletableFuture<>();
      sums.add(sum);
      asker.send(new Begin(asksEach, sum));
    }
    return Patience.awaitSum(sums);
  }

  private static final class Asker implements Server<Message> {
    private final ProcessRef<Question> server;
    private Begin order = new Begin(0, new CompletableFuture<>());
    private long asked;
    private long sum;

    Asker(ProcessRef<Question> server) {
      this.server = server;
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Begin begin -> {
          order = begin;
          asked = 0;
          sum = 0;
          askNext(self);
        }
        case Answered(Answer<Integer> answer) -> {
          sum += answer.orThrow();
          askNext(self);
        }
      }
    }

    private void askNext(Self<Message> self) {
      if (asked < order.asks()) {
        asked++;
        self.ask(server, new Question(NUMBER), WITHIN, Answered::new);
      } else {
        order.sum().complete(sum);
      }
    }
  }
}
