package dev.kith.net;

import dev.kith.wire.Payload;
import io.netty.channel.Channel;
import java.util.Optional;

/*
 * While the channel takes frames they are handed over at once, and flushed when the loop's burst is
 * over or 64 KiB have come together. When it does not, they wait in the outbox, where the limits are,
 * and go on their way when the channel says that it takes more.
 *
 * A flush may call back into this class (the channel became writable), so there is a flag against
 * flushing inside a flush; the outer one goes on until nothing can be handed over.
 */

/// What goes out on one pipe: an [Outbox] in front of a Netty channel.
///
/// **Threading.** Belongs to one loop. **Limits.** Those of the outbox; the loop's [Allowance] is
/// looked after by who writes.
final class Outflow {
  private final Channel channel;
  private final NetLoop loop;
  private final Outbox outbox;
  private final Echoes echoes;

  private int unflushed;
  private boolean dirty;
  private boolean flushing;

  /// Somebody asked whether messages are taken and was told no.
  private boolean choked;

  Outflow(Channel channel, NetLoop loop, OutboundLimits limits, Echoes echoes) {
    this.channel = channel;
    this.loop = loop;
    this.echoes = echoes;
    outbox = new Outbox(limits, loop.allowance());
  }

  /// What the owner of this hears back.
  interface Echoes {
    /// Messages are taken again.
    void writable();

    /// The goodbye has left.
    void goodbyeWritten();
  }

  /// Queues a frame, or says which limit it would break.
  Optional<Refusal> write(Opcode opcode, Payload payload) {
    settle();
    var refusal = outbox.offer(loop.parcel(opcode, payload), loop.now());
    handOver();
    return refusal;
  }

  /// Queues the last frame, whatever the limits say.
  void writeGoodbye(Payload payload) {
    outbox.append(loop.parcel(Opcode.CLOSE, payload), loop.now());
    handOver();
  }

  /// Gives up what the channel has not taken yet and says how many messages that was.
  int abandonWaiting() {
    return outbox.abandonWaiting();
  }

  /// The channel is gone: gives up everything and says how many messages that was.
  int abandonAll() {
    return outbox.abandonAll();
  }

  long pendingBytes() {
    settle();
    return outbox.bytes();
  }

  /// Bytes of memory kept for this pipe, as of the last time that its channel was asked.
  long held() {
    return outbox.held();
  }

  /// Whether frames wait that the channel has not taken.
  boolean hasWaiting() {
    return outbox.hasWaiting();
  }

  /// Lets go of what the channel does not hold any more, and of room that it needed.
  void tidy() {
    settle();
    outbox.tidy();
  }

  boolean isWritable() {
    boolean isWritable = isClear();
    choked |= !isWritable;
    return isWritable;
  }

  /// How old the oldest frame is that the client has not taken; 0 if there is none.
  long ageNanos(long now) {
    settle();
    return outbox.isEmpty() ? 0 : now - outbox.oldest();
  }

  /// The burst is over.
  void flush() {
    dirty = false;
    flushThrough();
  }

  /// The channel takes more, or no more.
  void writabilityChanged() {
    flushThrough();
    easeChoke();
  }

  private boolean isClear() {
    return !outbox.hasWaiting() && channel.isWritable();
  }

  private void handOver() {
    handWhileWritable();
    if (outbox.hasWaiting() && unflushed > 0) {
      flushThrough();
    }
    if (unflushed > 0 && !dirty) {
      dirty = true;
      loop.flushLater(this);
    }
  }

  private void handWhileWritable() {
    while (outbox.hasWaiting() && channel.isWritable()) {
      var parcel = outbox.waiting();
      var frame = parcel.frame(channel.alloc());
      outbox.hand();
      unflushed++;
      if (parcel.opcode() == Opcode.CLOSE) {
        var _ = channel.write(frame).addListener(_ -> echoes.goodbyeWritten());
      } else {
        var _ = channel.write(frame, channel.voidPromise());
      }
    }
  }

  private void flushThrough() {
    if (flushing) {
      return;
    }
    flushing = true;
    do {
      unflushed = 0;
      channel.flush();
      settle();
      handWhileWritable();
    } while (unflushed > 0);
    flushing = false;
    easeChoke();
  }

  private void easeChoke() {
    if (choked && isClear()) {
      choked = false;
      echoes.writable();
    }
  }

  /// Frames leave the channel in order, so those that it no longer holds are the oldest.
  private void settle() {
    var buffer = channel.unsafe().outboundBuffer();
    if (buffer != null) {
      outbox.settle(Math.max(0, outbox.handed() - unflushed - buffer.size()));
    }
  }
}
