package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.RemoteSpawns;
import dev.kith.bench.workload.Patience;
import dev.kith.process.Answer;
import dev.kith.process.ExitReason;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A server that starts processes on the other side.
final class KithRemoteSpawns implements RemoteSpawns {
  private static final int AHEAD = 256;

  private final FarSide far;
  private final KithSide near;

  private record Started(Answer<ProcessRef<Talk.Child>> child) {}

  KithRemoteSpawns() throws Exception {
    far = FarSide.start(KithFar.NAME, KithSubjects.FAR, KithSide.PLAIN, "0");
    near = KithSide.start(KithSubjects.NEAR, KithSide.PLAIN, List.of(far.address()));
    near.meet(1);
  }

  @Override
  public long spawn(long processes) throws Exception {
    CompletableFuture<Long> started = new CompletableFuture<>();
    near.node().spawn(Started.class, () -> new Parent(processes, started));
    return Patience.await(started);
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }

  private static final class Parent implements Server<Started> {
    private static final NodeName FAR = NodeName.of(KithSubjects.FAR);

    private final long wanted;
    private final CompletableFuture<Long> done;
    private long ordered;
    private long started;

    Parent(long wanted, CompletableFuture<Long> done) {
      this.wanted = wanted;
      this.done = done;
    }

    @Override
    public void started(Self<Started> self) {
      for (int i = 0; i < AHEAD; i++) {
        order(self);
      }
    }

    @Override
    public void handle(Self<Started> self, Started message) {
      message.child().orThrow();
      if (++started == wanted) {
        done.complete(started);
        self.exit(ExitReason.normal());
      }
      order(self);
    }

    private void order(Self<Started> self) {
      if (ordered < wanted) {
        ordered++;
        self.spawn(FAR, KithFar.CHILD, 1, Started::new);
      }
    }
  }
}
