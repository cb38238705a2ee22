package dev.kith.bench.fjp;

import dev.kith.bench.workload.Pairs;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Two cells a pair.
final class PoolPairs extends OnPool implements Pairs {
  sealed interface Message {}

  record Play(long trips, CompletableFuture<Long> done) implements Message {}

  record Ball(Cell<Message> thrower) implements Message {}

  private final List<Cell<Message>> throwers = new ArrayList<>();

  PoolPairs(int pairs) {
    for (int i = 0; i < pairs; i++) {
      throwers.add(new Thrower(new Catcher()));
    }
  }

  @Override
  public int pairs() {
    return throwers.size();
  }

  @Override
  public long play(long tripsEach) throws Exception {
    List<CompletableFuture<Long>> results = new ArrayList<>();
    for (Cell<Message> thrower : throwers) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      results.add(done);
      thrower.send(new Play(tripsEach, done));
    }
    return Patience.awaitSum(results);
  }

  @SuppressWarnings("serial")
  private final class Thrower extends Cell<Message> {
    private final Cell<Ball> catcher;
    private Play game = new Play(0, new CompletableFuture<>());
    private long home;

    Thrower(Cell<Ball> catcher) {
      super(pool);
      this.catcher = catcher;
    }

    @Override
    void handle(Message message) {
      switch (message) {
        case Play play -> {
          game = play;
          home = 0;
          catcher.send(new Ball(this));
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

  @SuppressWarnings("serial")
  private final class Catcher extends Cell<Ball> {
    Catcher() {
      super(pool);
    }

    @Override
    void handle(Ball ball) {
      ball.thrower().send(ball);
    }
  }
}
