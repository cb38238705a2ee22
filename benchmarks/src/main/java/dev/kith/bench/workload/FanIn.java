package dev.kith.bench.workload;

/// Many processes send to one.
///
/// Nobody may send without end: each sender has two batches on their way at most, and sends the
/// next when the receiver has acknowledged one. So at most `2 × BATCH × senders` messages wait.
///
/// **Figure.** Messages received a second. **Checked.** All were received, and none twice.
public interface FanIn extends Workload {
  /// Messages that a sender sends at once.
  int BATCH = 512;

  /// Batches of one sender that may be on their way.
  int BATCHES_AHEAD = 2;

  /// How many senders there are.
  int senders();

  /// Lets each sender send so many batches; returns how many messages the receiver has counted.
  long send(long batchesEach) throws Exception;

  @Override
  default Figures run(long messages) throws Exception {
    long batchesEach = Math.max(BATCHES_AHEAD, messages / BATCH / senders());
    Stopwatch watch = Stopwatch.start();
    long received = send(batchesEach);
    double seconds = watch.seconds();
    Check.equal("messages received", batchesEach * BATCH * senders(), received);
    return Figures.of(received / seconds);
  }
}
