package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.Broadcast;
import dev.kith.bench.remote.FarSide;
import dev.kith.bench.workload.Patience;
import dev.kith.group.Scope;
import dev.kith.process.ProcessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// A group of a million on three nodes.
final class KithBroadcast implements Broadcast {
  private static final int OTHERS = 2;

  private final List<FarSide> far = new ArrayList<>();
  private final KithSide near;
  private final Scope scope;
  private volatile Hearing hearing = new Hearing();
  private long words;

  /// What has been heard of the last word.
  private static final class Hearing {
    final CompletableFuture<Long> all = new CompletableFuture<>();
    private int sides;
    private long members;

    /// In the listener's turn.
    void heard(long count) {
      members += count;
      if (++sides > OTHERS) {
        all.complete(members);
      }
    }
  }

  KithBroadcast() throws Exception {
    near = KithSide.start(KithSubjects.NEAR, KithSide.PLAIN, List.of());
    near.node()
        .spawn(
            ProcessSpec.server(Talk.Heard.class, () -> (_, heard) -> hearing.heard(heard.members()))
                .named(KithFar.LISTENER));
    for (int i = 1; i <= OTHERS; i++) {
      String share = String.valueOf(KithFar.share(i));
      far.add(
          FarSide.start(
              KithFar.NAME, KithSubjects.FAR + i, KithSide.PLAIN, share, near.cluster().address()));
    }
    Choir.begin(near, KithFar.share(0));
    scope = near.cluster().scope(KithFar.SCOPE);
    while (scope.count(KithFar.EVERYBODY) < MEMBERS) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public long broadcast() throws Exception {
    Hearing mine = new Hearing();
    hearing = mine;
    scope.broadcast(KithFar.EVERYBODY, new Talk.Word(++words));
    return Patience.await(mine.all);
  }

  @Override
  public void close() {
    near.close();
    far.forEach(FarSide::close);
  }
}
