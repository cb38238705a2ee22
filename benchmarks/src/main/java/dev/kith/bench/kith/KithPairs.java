package dev.kith.bench.kith;

import dev.kith.bench.workload.Pairs;
import dev.kith.bench.workload.Patience;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Two servers a pair.
final class KithPairs extends OnNode implements Pairs {
  sealed interface Message {}

  record Play(long trips, CompletableFuture<Long> done) implements Message {}

  record Ball(ProcessRef<Message> thrower) implements Message {}

  private final List<ProcessRef<Message>> throwers = new ArrayList<>();

  KithPairs(int pairs) {
    for (int i = 0; i < pairs; i++) {
      ProcessRef<Ball> catcher = node.spawn(Ball.class, Catcher::new);
      throwers.add(node.spawn(Message.class, () -> new Thrower(catcher)));
    }
  }

  @Override
  public int pairs() {
    return throwers.size();
  }

  @Override
  public long play(long tripsEach) throws Exception {
    List<CompletableFuture<Long>> results = new ArrayList<>();
    for (ProcessRef<Message> thrower : throwers) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      results.add(done);
      thrower.send(new Play(tripsEach, done));
    }
    return Patience.awaitSum(results);
  }

  private static final class Thrower implements Server<Message> {
    private final ProcessRef<Ball> catcher;
    private Play game = new Play(0, new CompletableFuture<>());
    private long home;

    Thrower(ProcessRef<Ball> catcher) {
      this.catcher = catcher;
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Play play -> {
          game = play;
          home = 0;
          catcher.send(new Ball(self.ref()));
        }
        case Ball ball -> {
          if (++home < game.trips()) {
            catcher.send(ball);
          } else {
            game.done().complete(home);
          }
        }
      }
    }
  }

  private static final class Catcher implements Server<Ball> {
    @Override
    public void handle(Self<Ball> self, Ball ball) {
      ball.thrower().send(ball);
    }
  }
}
