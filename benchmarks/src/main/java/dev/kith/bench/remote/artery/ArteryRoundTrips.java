package dev.kith.bench.remote.artery;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.RoundTrips;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;

/// Actors that send a question and wait for the answer as a message: cheaper than Pekko's `ask`,
/// which makes an actor for each.
final class ArteryRoundTrips implements RoundTrips {
  private final int askers;
  private final FarSide far;
  private final ArterySide near = new ArterySide("near");
  private final ActorRef answerer;

  ArteryRoundTrips(int askers) throws Exception {
    this.askers = askers;
    far = FarSide.start(ArteryFar.NAME);
    answerer = near.find(far.address(), ArteryFar.ANSWERER);
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
      near.system.actorOf(Props.create(Asker.class, () -> new Asker(answerer, each, latencies)));
    }
    List<long[]> results = new ArrayList<>();
    for (CompletableFuture<long[]> one : all) {
      results.add(Patience.await(one));
    }
    return results;
  }

  @Override
  public void close() {
    near.system.terminate();
    far.close();
  }

  private static final class Asker extends AbstractActor {
    private final ActorRef answerer;
    private final long[] latencies;
    private final CompletableFuture<long[]> done;
    private int asked;
    private long at;

    Asker(ActorRef answerer, int times, CompletableFuture<long[]> done) {
      this.answerer = answerer;
      this.latencies = new long[times];
      this.done = done;
    }

    @Override
    public void preStart() {
      askNext();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().match(Talk.Reply.class, _ -> answered()).build();
    }

    private void answered() {
      latencies[asked++] = Stopwatch.now() - at;
      if (asked < latencies.length) {
        askNext();
      } else {
        done.complete(latencies);
        getContext().stop(getSelf());
      }
    }

    private void askNext() {
      at = Stopwatch.now();
      answerer.tell(new Talk.Question(asked), getSelf());
    }
  }
}
