package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.RoundTrips;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import dev.kith.process.Answer;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Servers that ask one on the other side.
final class KithRoundTrips implements RoundTrips {
  private final int askers;
  private final FarSide far;
  private final KithSide near;
  private final ProcessRef<Talk.Question> answerer;

  private record Answered(Answer<Integer> answer) {}

  KithRoundTrips(int askers, String certificates) throws Exception {
    this.askers = askers;
    this.far = FarSide.start(KithFar.NAME, KithSubjects.FAR, certificates, "0");
    this.near = KithSide.start(KithSubjects.NEAR, certificates, List.of(far.address()));
    near.meet(1);
    this.answerer = near.find(KithFar.ANSWERER);
  }

  @Override
  public int askers() {
    return askers;
  }

  @Override
  public List<long[]> ask(int each) throws Exception {
    List<CompletableFuture<long[]>> all = new ArrayList<>();
    for (int i = 0; i < askers; i++) {
      CompletableFuture<long[]> latencies = new CompletableFuture<>();
      all.add(latencies);
      near.node().spawn(Answered.class, () -> new Asker(answerer, each, latencies));
    }
    List<long[]> results = new ArrayList<>();
    for (CompletableFuture<long[]> one : all) {
      results.add(Patience.await(one));
    }
    return results;
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }

  private static final class Asker implements Server<Answered> {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final ProcessRef<Talk.Question> answerer;
    private final long[] latencies;
    private final CompletableFuture<long[]> done;
    private int asked;
    private long at;

    Asker(ProcessRef<Talk.Question> answerer, int times, CompletableFuture<long[]> done) {
      this.answerer = answerer;
      this.latencies = new long[times];
      this.done = done;
    }

    @Override
    public void started(Self<Answered> self) {
      askNext(self);
    }

    @Override
    public void handle(Self<Answered> self, Answered message) {
      message.answer().orThrow();
      latencies[asked++] = Stopwatch.now() - at;
      if (asked < latencies.length) {
        askNext(self);
      } else {
        done.complete(latencies);
        self.exit(ExitReason.normal());
      }
    }

    private void askNext(Self<Answered> self) {
      at = Stopwatch.now();
      self.<Integer, Talk.Question>ask(answerer, new Talk.Question(asked), WITHIN, Answered::new);
    }
  }
}
