package dev.kith.cluster;

import dev.kith.process.Carrier;
import dev.kith.process.NodeSignal;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.FrameWriter;
import dev.kith.wire.node.Outbound;
import dev.kith.wire.node.Output;
import dev.kith.wire.node.Payloads;
import dev.kith.wire.node.SignalWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/*
 * A sender encodes on its own thread, appends to its lane, and posts a task to the loop unless one is posted
 * already; the loop takes frames lane by lane as long as the stream is writable. A burst of signals thus shares a
 * frame, a write and a flush, and one signal alone waits for nobody.
 *
 * A sender that has made a lane crowded pauses, and must be woken. It looks once more when it is among those
 * who wait (Peer), and whoever is told here that a lane is crowded leaves a flag first; the loop takes bytes
 * first and then looks for flags, and then for those who wait. So one of the two sees the other.
 */
/// What leaves over one connection: signals of any thread go into lanes, and from there onto the
/// stream by its loop.
///
/// **Threading.** Any thread carries; the rest belongs to the loop of the stream.
final class Departures implements Carrier {
  /// One for each thread that sends; cleared after each use.
  private static final ThreadLocal<Output> SCRATCH = ThreadLocal.withInitial(Output::new);

  private final ByteStream stream;
  private final FrameWriter writer;
  private final Payloads payloads;
  private final LinkLimits limits;
  private final int signalMax;
  private final Runnable roomAgain;
  private final Outbound outbound = new Outbound();
  private final Runnable draining = this::drain;

  /// Whether a task that sends is posted. Set by who posts it, cleared by the task.
  private final AtomicBoolean posted = new AtomicBoolean();

  /// Lanes that somebody was told are crowded. Set by senders, cleared by the loop.
  private final AtomicIntegerArray crowded = new AtomicIntegerArray(Frame.LANES);

  private boolean finished;

  /// @param signalMax bytes that one signal may have, here and there
  /// @param roomAgain is run when a lane that was crowded is not any more
  Departures(
      ByteStream stream,
      FrameWriter writer,
      Payloads payloads,
      LinkLimits limits,
      int signalMax,
      Runnable roomAgain) {
    this.stream = stream;
    this.writer = writer;
    this.payloads = payloads;
    this.limits = limits;
    this.signalMax = signalMax;
    this.roomAgain = roomAgain;
  }

  @Override
  public Carried carry(NodeSignal signal) {
    int lane = Outbound.laneOf(signal.from());
    if (outbound.bytes(lane) >= limits.full() && mayBeDropped(signal)) {
      return Carried.FULL;
    }
    long waiting = append(lane, signal);
    if (!posted.get() && posted.compareAndSet(false, true)) {
      postDrain();
    }
    return waiting < limits.crowded() ? Carried.SENT : Carried.CROWDED;
  }

  /// If whoever sends has no stack left for this, the next one does it.
  private void postDrain() {
    boolean done = false;
    try {
      stream.loop().execute(draining);
      done = true;
    } finally {
      if (!done) {
        posted.set(false);
      }
    }
  }

  private static boolean mayBeDropped(NodeSignal signal) {
    return signal instanceof NodeSignal.Message
        || signal instanceof NodeSignal.Request
        || signal instanceof NodeSignal.Spawn
        || signal instanceof NodeSignal.Broadcast;
  }

  private long append(int lane, NodeSignal signal) {
    Output out = SCRATCH.get();
    Outbound.begin(out);
    try {
      SignalWriter.write(signal, payloads, out);
      if (out.size() > signalMax) {
        throw new IllegalArgumentException(
            "a signal of %d bytes, of %d allowed".formatted(out.size(), signalMax));
      }
      return outbound.append(lane, out);
    } finally {
      out.clear();
    }
  }

  @Override
  public boolean isCrowded(long from) {
    return isCrowded(Outbound.laneOf(from));
  }

  private boolean isCrowded(int lane) {
    long much = limits.crowded() / 2;
    if (outbound.bytes(lane) < much) {
      return false;
    }
    crowded.set(lane, 1);
    return outbound.bytes(lane) >= much;
  }

  /// Writes as much as the stream takes. The loop's.
  void drain() {
    posted.set(false);
    while (!finished && stream.isWritable()) {
      ByteBuffer frame = outbound.poll(writer);
      if (frame == null) {
        break;
      }
      stream.write(frame);
    }
    boolean room = false;
    for (int lane = 0; lane < Frame.LANES; lane++) {
      if (crowded.get(lane) != 0 && crowded.getAndSet(lane, 0) != 0) {
        room |= !isCrowded(lane);
      }
    }
    if (room) {
      roomAgain.run();
    }
  }

  /// The connection has ended: nothing leaves any more. The loop's.
  void finish() {
    finished = true;
    outbound.clear();
  }
}
