package dev.kith.bench.kith;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Skynet;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.concurrent.CompletableFuture;

/// A tree of servers.
final class KithSkynet extends OnNode implements Skynet {
  record Sum(long value) {}

  @Override
  public long grow(long leaves) throws Exception {
    CompletableFuture<Long> sum = new CompletableFuture<>();
    ProcessRef<Sum> root = node.spawn(Sum.class, () -> (_, total) -> sum.complete(total.value()));
    node.spawn(spec(root, 0, leaves));
    long total = Patience.await(sum);
    node.exit(root, ExitReason.shutdown());
    return total;
  }

  private static ProcessSpec<Sum> spec(ProcessRef<Sum> parent, long first, long leaves) {
    return ProcessSpec.server(Sum.class, () -> new Member(parent, first, leaves));
  }

  /// Stands for so many leaves, numbered from the first.
  private static final class Member implements Server<Sum> {
    private final ProcessRef<Sum> parent;
    private final long first;
    private final long leaves;
    private int heard;
    private long total;

    Member(ProcessRef<Sum> parent, long first, long leaves) {
      this.parent = parent;
      this.first = first;
      this.leaves = leaves;
    }

    @Override
    public void started(Self<Sum> self) {
      if (leaves == 1) {
        tellParent(self, first);
        return;
      }
      long each = leaves / BRANCHES;
      for (int i = 0; i < BRANCHES; i++) {
        self.spawn(spec(self.ref(), first + i * each, each));
      }
    }

    @Override
    public void handle(Self<Sum> self, Sum sum) {
      total += sum.value();
      if (++heard == BRANCHES) {
        tellParent(self, total);
      }
    }

    private void tellParent(Self<Sum> self, long sum) {
      parent.send(new Sum(sum));
      self.exit(ExitReason.normal());
    }
  }
}
