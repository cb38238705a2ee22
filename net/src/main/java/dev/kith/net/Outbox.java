package dev.kith.net;

import dev.kith.wire.Payload;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * One ring holds every frame from the moment it is written until the operating system has taken it:
 *
 *   head                    head + handed                     head + size
 *    | handed to the channel     | waiting for the channel        |
 *
 * `offer` appends at the end, `hand` moves the border between the two parts, `settle` removes at the
 * head what the channel no longer holds. Keeping the handed part here is what makes the budgets and
 * the age of the oldest frame exact: the channel knows bytes, but not since when.
 *
 * The ring holds payloads, not buffers: a slow client keeps alive what its room's history keeps alive
 * anyway, and no direct memory.
 */

/// The frames of one pipe that its client has not taken yet.
///
/// **Threading.** Belongs to one loop. **Limits.** Bytes and frames of [OutboundLimits]; the caller
/// looks after the age.
final class Outbox {
  private static final int CAPACITY_MIN = 8;
  private static final Payload[] NO_PAYLOADS = {};

  private final OutboundLimits limits;

  /// The three columns of the ring; their length is zero or a power of two.
  private @Nullable Payload[] payloads = NO_PAYLOADS;

  private Opcode[] opcodes = {};
  private long[] times = {};

  private int head;
  private int handed;
  private int size;
  private long bytes;

  Outbox(OutboundLimits limits) {
    this.limits = limits;
  }

  /// Appends a frame, or says which limit it would break.
  Optional<Refusal> offer(Opcode opcode, Payload payload, long now) {
    if (size >= limits.frames()) {
      return Optional.of(Refusal.OUTBOUND_FRAMES);
    }
    if (bytes + Opcode.frameBytes(payload) > limits.bytes()) {
      return Optional.of(Refusal.OUTBOUND_BYTES);
    }
    append(opcode, payload, now);
    return Optional.empty();
  }

  /// Appends a frame whatever the limits say: the last one.
  void append(Opcode opcode, Payload payload, long now) {
    if (size == payloads.length) {
      grow();
    }
    int slot = slot(size);
    payloads[slot] = payload;
    opcodes[slot] = opcode;
    times[slot] = now;
    size++;
    bytes += Opcode.frameBytes(payload);
  }

  /// Whether frames wait to be handed to the channel.
  boolean hasWaiting() {
    return handed < size;
  }

  /// The payload of the first waiting frame.
  Payload waitingPayload() {
    return payloadAt(slot(handed));
  }

  /// The kind of the first waiting frame.
  Opcode waitingOpcode() {
    return opcodes[slot(handed)];
  }

  /// The first waiting frame was handed to the channel.
  void hand() {
    check(hasWaiting(), "nothing waits");
    handed++;
  }

  /// How many frames were handed to the channel and not settled.
  int handed() {
    return handed;
  }

  /// The channel has got rid of that many of the frames handed to it.
  void settle(int frames) {
    check(frames <= handed, "settled more than was handed");
    for (int i = 0; i < frames; i++) {
      bytes -= Opcode.frameBytes(payloadAt(head));
      payloads[head] = null;
      head = slot(1);
      handed--;
      size--;
    }
  }

  /// Gives up all waiting frames and says how many messages were among them.
  int abandonWaiting() {
    int messages = 0;
    while (hasWaiting()) {
      int slot = slot(size - 1);
      messages += isMessage(slot) ? 1 : 0;
      bytes -= Opcode.frameBytes(payloadAt(slot));
      payloads[slot] = null;
      size--;
    }
    return messages;
  }

  /// Gives up all frames, because the channel is gone, and says how many messages were among them.
  int abandonAll() {
    handed = 0;
    return abandonWaiting();
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Bytes of all frames here.
  long bytes() {
    return bytes;
  }

  /// When the oldest frame was written.
  long oldest() {
    check(size > 0, "nothing is here");
    return times[head];
  }

  private int slot(int offset) {
    return (head + offset) & (payloads.length - 1);
  }

  private boolean isMessage(int slot) {
    return opcodes[slot] == Opcode.TEXT || opcodes[slot] == Opcode.BINARY;
  }

  private Payload payloadAt(int slot) {
    return Objects.requireNonNull(payloads[slot]);
  }

  private void grow() {
    int capacity = Math.max(CAPACITY_MIN, 2 * payloads.length);
    var morePayloads = new @Nullable Payload[capacity];
    var moreOpcodes = new Opcode[capacity];
    var moreTimes = new long[capacity];
    for (int i = 0; i < size; i++) {
      int slot = slot(i);
      morePayloads[i] = payloads[slot];
      moreOpcodes[i] = opcodes[slot];
      moreTimes[i] = times[slot];
    }
    payloads = morePayloads;
    opcodes = moreOpcodes;
    times = moreTimes;
    head = 0;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(
          otherwise + ": size " + size + ", handed " + handed + ", bytes " + bytes);
    }
  }
}
