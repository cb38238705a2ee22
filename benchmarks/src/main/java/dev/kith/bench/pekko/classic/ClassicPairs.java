package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Pairs;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.UntypedAbstractActor;

/// Two of them a pair. The catcher throws back to the sender.
final class ClassicPairs extends OnClassic implements Pairs {
  record Play(long trips, CompletableFuture<Long> done) {}

  enum Ball {
    BALL
  }

  private final List<ActorRef> throwers = new ArrayList<>();

  ClassicPairs(Dispatcher dispatcher, int pairs) {
    super(dispatcher);
    for (int i = 0; i < pairs; i++) {
      ActorRef catcher = spawn(Catcher.class, Catcher::new);
      throwers.add(spawn(Thrower.class, () -> new Thrower(catcher)));
    }
  }

  @Override
  public int pairs() {
    return throwers.size();
  }

  @Override
  public long play(long tripsEach) throws Exception {
    List<CompletableFuture<Long>> results = new ArrayList<>();
    for (ActorRef thrower : throwers) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      results.add(done);
      tell(thrower, new Play(tripsEach, done));
    }
    return Patience.awaitSum(results);
  }

  private static final class Thrower extends UntypedAbstractActor {
    private final ActorRef catcher;
    private Play game = new Play(0, new CompletableFuture<>());
    private long home;

    Thrower(ActorRef catcher) {
      this.catcher = catcher;
    }

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Play play -> {
          game = play;
          home = 0;
          catcher.tell(Ball.BALL, getSelf());
        }
        case Ball ball -> {
          if (++home < game.trips()) {
            catcher.tell(ball, getSelf());
          } else {
            game.done().complete(home);
          }
        }
        default -> unhandled(message);
      }
    }
  }

  private static final class Catcher extends UntypedAbstractActor {
    @Override
    public void onReceive(Object ball) {
      getSender().tell(ball, getSelf());
    }
  }
}
