package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.OneWay;
import dev.kith.bench.workload.Patience;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A server that sends to one on the other side.
final class KithOneWay implements OneWay {
  private final Load load;
  private final FarSide far;
  private final KithSide near;
  private final ProcessRef<Talk.ToSink> sink;
  private long countedBefore;

  KithOneWay(Load load, String certificates) throws Exception {
    this.load = load;
    this.far = FarSide.start(KithFar.NAME, KithSubjects.FAR, certificates, "0");
    this.near = KithSide.start(KithSubjects.NEAR, certificates, List.of(far.address()));
    near.meet(1);
    this.sink = near.find(KithFar.SINK);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public long send(long batches) throws Exception {
    CompletableFuture<Long> counted = new CompletableFuture<>();
    near.node().spawn(Talk.ToSource.class, () -> new Source(sink, load, batches, counted));
    long now = Patience.await(counted);
    long received = now - countedBefore;
    countedBefore = now;
    return received;
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }

  private static final class Source implements Server<Talk.ToSource> {
    private final ProcessRef<Talk.ToSink> sink;
    private final Load load;
    private final Talk.Bytes bytes;
    private final long batches;
    private final CompletableFuture<Long> counted;
    private long sent;
    private long acknowledged;

    Source(ProcessRef<Talk.ToSink> sink, Load load, long batches, CompletableFuture<Long> counted) {
      this.sink = sink;
      this.load = load;
      this.bytes = new Talk.Bytes(new byte[load.bytes()]);
      this.batches = batches;
      this.counted = counted;
    }

    @Override
    public void started(Self<Talk.ToSource> self) {
      for (int i = 0; i < Load.BATCHES_AHEAD; i++) {
        sendBatch(self);
      }
    }

    @Override
    public void handle(Self<Talk.ToSource> self, Talk.ToSource message) {
      switch (message) {
        case Talk.Counted(long messages) -> {
          sendBatch(self);
          if (++acknowledged == batches) {
            counted.complete(messages);
            self.exit(ExitReason.normal());
          }
        }
      }
    }

    private void sendBatch(Self<Talk.ToSource> self) {
      if (sent == batches) {
        return;
      }
      sent++;
      for (int i = 1; i < load.batch(); i++) {
        self.send(sink, load == Load.RECORD_100 ? Talk.Order.of(i) : bytes);
      }
      self.send(sink, new Talk.Last(self.ref()));
    }
  }
}
