package dev.kith.bench.remote.artery;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.OneWay;
import dev.kith.bench.workload.Patience;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;

/// An actor that sends to one on the other side.
final class ArteryOneWay implements OneWay {
  private final Load load;
  private final FarSide far;
  private final ArterySide near = new ArterySide("near");
  private final ActorRef sink;
  private long countedBefore;

  ArteryOneWay(Load load) throws Exception {
    this.load = load;
    far = FarSide.start(ArteryFar.NAME);
    sink = near.find(far.address(), ArteryFar.SINK);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public long send(long batches) throws Exception {
    CompletableFuture<Long> counted = new CompletableFuture<>();
    near.system.actorOf(Props.create(Source.class, () -> new Source(sink, load, batches, counted)));
    long now = Patience.await(counted);
    long received = now - countedBefore;
    countedBefore = now;
    return received;
  }

  @Override
  public void close() {
    near.system.terminate();
    far.close();
  }

  private static final class Source extends AbstractActor {
    private final ActorRef sink;
    private final Load load;
    private final byte[] bytes;
    private final long batches;
    private final CompletableFuture<Long> counted;
    private long sent;
    private long acknowledged;

    Source(ActorRef sink, Load load, long batches, CompletableFuture<Long> counted) {
      this.sink = sink;
      this.load = load;
      this.bytes = new byte[load.bytes()];
      this.batches = batches;
      this.counted = counted;
    }

    @Override
    public void preStart() {
      for (int i = 0; i < Load.BATCHES_AHEAD; i++) {
        sendBatch();
      }
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().match(Talk.Counted.class, this::acknowledged).build();
    }

    private void acknowledged(Talk.Counted message) {
      sendBatch();
      if (++acknowledged == batches) {
        counted.complete(message.messages());
        getContext().stop(getSelf());
      }
    }

    private void sendBatch() {
      if (sent == batches) {
        return;
      }
      sent++;
      for (int i = 1; i < load.batch(); i++) {
        sink.tell(load == Load.RECORD_100 ? Talk.Order.of(i) : bytes, getSelf());
      }
      sink.tell(new Talk.Last(sent), getSelf());
    }
  }
}
