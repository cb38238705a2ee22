package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Pairs;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Two behaviors a pair.
final class TypedPairs extends OnTyped implements Pairs {
  sealed interface Message {}

  record Play(long trips, CompletableFuture<Long> done) implements Message {}

  record Ball(ActorRef<Message> thrower) implements Message {}

  private final List<ActorRef<Message>> throwers;

  TypedPairs(Dispatcher dispatcher, int pairs) throws Exception {
    super(dispatcher);
    List<ActorRef<Ball>> catchers = spawn(pairs, _ -> catcher());
    throwers = spawn(pairs, i -> Thrower.throwingTo(catchers.get(i)));
  }

  @Override
  public int pairs() {
    return throwers.size();
  }

  @Override
  public long play(long tripsEach) throws Exception {
    List<CompletableFuture<Long>> results = new ArrayList<>();
    for (ActorRef<Message> thrower : throwers) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      results.add(done);
      thrower.tell(new Play(tripsEach, done));
    }
    return Patience.awaitSum(results);
  }

  private static Behavior<Ball> catcher() {
    return Behaviors.receiveMessage(ball -> {
      ball.thrower().tell(ball);
      return Behaviors.same();
    });
  }

  private static final class Thrower {
    private final ActorContext<Message> context;
    private final ActorRef<Ball> catcher;
    private Play game = new Play(0, new CompletableFuture<>());
    private long home;

    private Thrower(ActorContext<Message> context, ActorRef<Ball> catcher) {
      this.context = context;
      this.catcher = catcher;
    }

    static Behavior<Message> throwingTo(ActorRef<Ball> catcher) {
      return Behaviors.setup(
          context -> Behaviors.receiveMessage(new Thrower(context, catcher)::handle));
    }

    private Behavior<Message> handle(Message message) {
      switch (message) {
        case Play play -> {
          game = play;
          home = 0;
          catcher.tell(new Ball(context.getSelf()));
        }
        case Ball ball -> {
          if (++home < game.trips()) {
            catcher.tell(ball);
          } else {
            game.done().complete(home);
          }
        }
      }
      return Behaviors.same();
    }
  }
}
