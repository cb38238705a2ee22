package dev.kith.bench.fjp;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Skynet;
import java.util.concurrent.CompletableFuture;

/// A tree of cells. Each begins with a message, for a cell does nothing else.
final class PoolSkynet extends OnPool implements Skynet {
  sealed interface Message {}

  record Sum(long value) implements Message {}

  enum Grow implements Message {
    GROW
  }

  @Override
  public long grow(long leaves) throws Exception {
    CompletableFuture<Long> sum = new CompletableFuture<>();
    new Member(new Root(sum), 0, leaves).send(Grow.GROW);
    return Patience.await(sum);
  }

  @SuppressWarnings("serial")
  private final class Root extends Cell<Message> {
    private final CompletableFuture<Long> sum;

    Root(CompletableFuture<Long> sum) {
      super(pool);
      this.sum = sum;
    }

    @Override
    void handle(Message message) {
      if (message instanceof Sum(long value)) {
        sum.complete(value);
      }
    }
  }

  /// Stands for so many leaves, numbered from the first.
  @SuppressWarnings("serial")
  private final class Member extends Cell<Message> {
    private final Cell<Message> parent;
    private final long first;
    private final long leaves;
    private int heard;
    private long total;

    Member(Cell<Message> parent, long first, long leaves) {
      super(pool);
      this.parent = parent;
      this.first = first;
      this.leaves = leaves;
    }

    @Override
    void handle(Message message) {
      switch (message) {
        case Grow _ when leaves == 1 -> parent.send(new Sum(first));
        case Grow _ -> growBranches();
        case Sum(long value) -> {
          total += value;
          if (++heard == BRANCHES) {
            parent.send(new Sum(total));
          }
        }
      }
    }

    private void growBranches() {
      long each = leaves / BRANCHES;
      for (int i = 0; i < BRANCHES; i++) {
        new Member(this, first + i * each, each).send(Grow.GROW);
      }
    }
  }
}
