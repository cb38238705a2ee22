package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Asks;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Behaviors that ask one.
final class TypedAsks extends OnTyped implements Asks {
  sealed interface Message {}

  record Begin(long asks, CompletableFuture<Long> sum) implements Message {}

  record Answered(Integer answer) implements Message {}

  record Failed(Throwable failure) implements Message {}

  private final List<ActorRef<Message>> askers;

  TypedAsks(Dispatcher dispatcher, int askers) throws Exception {
    super(dispatcher);
    ActorRef<Question> server = spawn(Question.answerer());
    this.askers = spawn(askers, _ -> Asker.asking(server));
  }

  @Override
  public int askers() {
    return askers.size();
  }

  @Override
  public long ask(long asksEach) throws Exception {
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (ActorRef<Message> asker : askers) {
      CompletableFuture<Long> sum = new CompletableFuture<>();
      sums.add(sum);
      asker.tell(new Begin(asksEach, sum));
    }
    return Patience.awaitSum(sums);
  }

  private static final class Asker {
    private final ActorContext<Message> context;
    private final ActorRef<Question> server;
    private Begin order = new Begin(0, new CompletableFuture<>());
    private long asked;
    private long sum;

    private Asker(ActorContext<Message> context, ActorRef<Question> server) {
      this.context = context;
      this.server = server;
    }

    static Behavior<Message> asking(ActorRef<Question> server) {
      return Behaviors.setup(
          context -> Behaviors.receiveMessage(new Asker(context, server)::handle));
    }

    private Behavior<Message> handle(Message message) {
      switch (message) {
        case Begin begin -> {
          order = begin;
          asked = 0;
          sum = 0;
          askNext();
        }
        case Answered(Integer answer) -> {
          sum += answer;
          askNext();
        }
        case Failed(Throwable failure) -> order.sum().completeExceptionally(failure);
      }
      return Behaviors.same();
    }

    private void askNext() {
      if (asked < order.asks()) {
        asked++;
        context.ask(
            Integer.class, server, WITHIN, asker -> new Question(NUMBER, asker), Asker::message);
      } else {
        order.sum().complete(sum);
      }
    }

    private static Message message(@Nullable Integer answer, @Nullable Throwable failure) {
      return answer != null
          ? new Answered(answer)
          : new Failed(failure == null ? new IllegalStateException("no answer") : failure);
    }
  }
}
