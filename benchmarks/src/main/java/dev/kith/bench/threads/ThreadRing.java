package dev.kith.bench.threads;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/// Threads that each know the next one's queue.
final class ThreadRing extends OnThreads implements Ring {
  record Token(long hops) {}

  private final List<BlockingQueue<Token>> mailboxes = new ArrayList<>();

  /// Where the token ends up. Replaced before each round, which begins with a message.
  private volatile CompletableFuture<Integer> holder = new CompletableFuture<>();

  ThreadRing(int size) {
    for (int i = 0; i < size; i++) {
      mailboxes.add(mailbox());
    }
    for (int i = 0; i < size; i++) {
      startForEver(new Member(i, mailboxes.get(i), mailboxes.get((i + 1) % size)));
    }
  }

  @Override
  public int size() {
    return mailboxes.size();
  }

  @Override
  public int pass(long hops) throws Exception {
    holder = new CompletableFuture<>();
    mailboxes.getFirst().put(new Token(hops));
    return Patience.await(holder);
  }

  private final class Member implements Life {
    private final int index;
    private final BlockingQueue<Token> mailbox;
    private final BlockingQueue<Token> next;

    Member(int index, BlockingQueue<Token> mailbox, BlockingQueue<Token> next) {
      this.index = index;
      this.mailbox = mailbox;
      this.next = next;
    }

    @Override
    public void live() throws InterruptedException {
      long hops = mailbox.take().hops();
      if (hops == 0) {
        holder.complete(index);
      } else {
        next.put(new Token(hops - 1));
      }
    }
  }
}
