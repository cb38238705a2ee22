package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.NodeDown;
import dev.kith.bench.workload.Check;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.process.Answer;
import dev.kith.process.Down;
import dev.kith.process.ExitReason;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A server that monitors processes on a node that ends.
final class KithNodeDown implements NodeDown {
  private static final NodeName FAR = NodeName.of(KithSubjects.FAR);

  private final KithSide near = KithSide.start(KithSubjects.NEAR, KithSide.PLAIN, List.of());

  private sealed interface News {}

  private record Started(Answer<ProcessRef<Talk.Idle>> idle) implements News {}

  private record Ended(Down down) implements News {}

  @Override
  public Stopwatch end(End how, int processes) throws Exception {
    try (FarSide far =
        FarSide.start(
            KithFar.NAME, KithSubjects.FAR, KithSide.PLAIN, "0", near.cluster().address())) {
      near.meet(1);
      CompletableFuture<Void> watching = new CompletableFuture<>();
      CompletableFuture<Long> last = new CompletableFuture<>();
      near.node().spawn(News.class, () -> new Watcher(processes, watching, last));
      Patience.await(watching);
      Stopwatch watch = Stopwatch.start();
      far.end(how);
      Patience.await(last);
      return watch;
    }
  }

  @Override
  public void close() {
    near.close();
  }

  private static final class Watcher implements Server<News> {
    private final int processes;
    private final CompletableFuture<Void> watching;
    private final CompletableFuture<Long> last;
    private int watched;
    private int ended;

    Watcher(int processes, CompletableFuture<Void> watching, CompletableFuture<Long> last) {
      this.processes = processes;
      this.watching = watching;
      this.last = last;
    }

    @Override
    public void started(Self<News> self) {
      for (int i = 0; i < processes; i++) {
        self.spawn(FAR, KithFar.IDLE, 1, Started::new);
      }
    }

    @Override
    public void handle(Self<News> self, News news) {
      switch (news) {
        case Started(Answer<ProcessRef<Talk.Idle>> idle) -> {
          self.monitor(idle.orThrow(), Ended::new);
          if (++watched == processes) {
            watching.complete(null);
          }
        }
        case Ended(Down down) -> {
          Check.holds(down.reason() instanceof ExitReason.NoConnection, "ended: %s", down.reason());
          if (++ended == processes) {
            last.complete(Stopwatch.now());
            self.exit(ExitReason.normal());
          }
        }
      }
    }
  }
}
