package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Asks;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Status;
import org.apache.pekko.actor.UntypedAbstractActor;
import org.apache.pekko.pattern.Patterns;
import scala.concurrent.ExecutionContext;

/// Many of them that ask one, and pipe the answer to themselves.
final class ClassicAsks extends OnClassic implements Asks {
  record Begin(long asks, CompletableFuture<Long> sum) {}

  private final List<ActorRef> askers = new ArrayList<>();

  ClassicAsks(Dispatcher dispatcher, int askers) {
    super(dispatcher);
    ActorRef server = spawn(Question.Answerer.class, Question.Answerer::new);
    for (int i = 0; i < askers; i++) {
      this.askers.add(spawn(Asker.class, () -> new Asker(server)));
    }
  }

  @Override
  public int askers() {
    return askers.size();
  }

  @Override
  public long ask(long asksEach) throws Exception {
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (ActorRef asker : askers) {
      CompletableFuture<Long> sum = new CompletableFuture<>();
      sums.add(sum);
      tell(asker, new Begin(asksEach, sum));
    }
    return Patience.awaitSum(sums);
  }

  private static final class Asker extends UntypedAbstractActor {
    private final ActorRef server;
    private Begin order = new Begin(0, new CompletableFuture<>());
    private long asked;
    private long sum;

    Asker(ActorRef server) {
      this.server = server;
    }

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Begin begin -> {
          order = begin;
          asked = 0;
          sum = 0;
          askNext();
        }
        case Integer answer -> {
          sum += answer;
          askNext();
        }
        case Status.Failure failure -> order.sum().completeExceptionally(failure.cause());
        default -> unhandled(message);
      }
    }

    private void askNext() {
      if (asked < order.asks()) {
        asked++;
        Patterns.pipe(
                Patterns.ask(server, new Question(NUMBER), WITHIN),
                ExecutionContext.parasitic$.MODULE$)
            .to(getSelf());
      } else {
        order.sum().complete(sum);
      }
    }
  }
}
