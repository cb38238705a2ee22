package dev.kith.bench.threads;

import dev.kith.bench.workload.Skynet;
import java.util.concurrent.BlockingQueue;

/// A tree of threads.
final class ThreadSkynet extends OnThreads implements Skynet {
  record Sum(long value) {}

  @Override
  public long grow(long leaves) throws Exception {
    BlockingQueue<Sum> root = mailbox();
    startMember(root, 0, leaves);
    return root.take().value();
  }

  private static void startMember(BlockingQueue<Sum> parent, long first, long leaves) {
    start(new Member(mailbox(), parent, first, leaves));
  }

  /// Stands for so many leaves, numbered from the first.
  private record Member(
      BlockingQueue<Sum> mailbox, BlockingQueue<Sum> parent, long first, long leaves)
      implements Life {
    @Override
    public void live() throws InterruptedException {
      parent.put(new Sum(leaves == 1 ? first : sumOfBranches()));
    }

    private long sumOfBranches() throws InterruptedException {
      long each = leaves / BRANCHES;
      for (int i = 0; i < BRANCHES; i++) {
        startMember(mailbox, first + i * each, each);
      }
      long total = 0;
      for (int i = 0; i < BRANCHES; i++) {
        total += mailbox.take().value();
      }
      return total;
    }
  }
}
