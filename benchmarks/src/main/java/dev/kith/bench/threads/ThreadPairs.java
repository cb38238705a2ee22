package dev.kith.bench.threads;

import dev.kith.bench.workload.Pairs;
import dev.kith.bench.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/// Two threads a pair.
final class ThreadPairs extends OnThreads implements Pairs {
  sealed interface Message {}

  record Play(long trips, CompletableFuture<Long> done) implements Message {}

  record Ball(BlockingQueue<Message> thrower) implements Message {}

  private final List<BlockingQueue<Message>> throwers = new ArrayList<>();

  ThreadPairs(int pairs) {
    for (int i = 0; i < pairs; i++) {
      Catcher catcher = new Catcher(mailbox());
      startForEver(catcher);
      Thrower thrower = new Thrower(mailbox(), catcher.mailbox());
      startForEver(thrower);
      throwers.add(thrower.mailbox);
    }
  }

  @Override
  public int pairs() {
    return throwers.size();
  }

  @Override
  public long play(long tripsEach) throws Exception {
    List<CompletableFuture<Long>> results = new ArrayList<>();
    for (BlockingQueue<Message> thrower : throwers) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      results.add(done);
      thrower.put(new Play(tripsEach, done));
    }
    return Patience.awaitSum(results);
  }

  private static final class Thrower implements Life {
    private final BlockingQueue<Message> mailbox;
    private final BlockingQueue<Ball> catcher;
    private Play game = new Play(0, new CompletableFuture<>());
    private long home;

    Thrower(BlockingQueue<Message> mailbox, BlockingQueue<Ball> catcher) {
      this.mailbox = mailbox;
      this.catcher = catcher;
    }

    @Override
    public void live() throws InterruptedException {
      switch (mailbox.take()) {
        case Play play -> {
          game = play;
          home = 0;
          catcher.put(new Ball(mailbox));
        }
        case Ball ball -> {
          if (++home < game.trips()) {
            catcher.put(ball);
          } else {
            game.done().complete(home);
          }
        }
      }
    }
  }

  private record Catcher(BlockingQueue<Ball> mailbox) implements Life {
    @Override
    public void live() throws InterruptedException {
      Ball ball = mailbox.take();
      ball.thrower().put(ball);
    }
  }
}
