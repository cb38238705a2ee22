package dev.kith.net;

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
 * The ring holds parcels, not buffers: a slow client keeps alive what its room's history and other slow
 * clients keep alive anyway, and direct memory only for what was handed over.
 */

/// The frames of one pipe that its client has not taken yet.
///
/// **Threading.** Belongs to one loop. **Limits.** Bytes and frames of [OutboundLimits]; the caller
/// looks after the age.
final class Outbox {
  private static final int CAPACITY_MIN = 8;
  private static final int SLOT_BYTES = 16;

  /// About what a channel keeps for each frame beside the frame.
  private static final int HANDED_BYTES = 128;

  private final OutboundLimits limits;
  private final Allowance allowance;

  /// The two columns of the ring; their length is zero or a power of two.
  private @Nullable Parcel[] parcels = {};

  private long[] times = {};

  private int head;
  private int handed;
  private int size;
  private long bytes;

  Outbox(OutboundLimits limits, Allowance allowance) {
    this.limits = limits;
    this.allowance = allowance;
  }

  /// Appends a frame, or says which limit it would break.
  Optional<Refusal> offer(Parcel parcel, long now) {
    if (size >= limits.frames()) {
      return Optional.of(Refusal.OUTBOUND_FRAMES);
    }
    if (bytes + parcel.frameBytes() > limits.bytes()) {
      return Optional.of(Refusal.OUTBOUND_BYTES);
    }
    append(parcel, now);
    return Optional.empty();
  }

  /// Appends a frame whatever the limits say: the last one.
  void append(Parcel parcel, long now) {
    if (size == parcels.length) {
      resize(Math.max(CAPACITY_MIN, 2 * size));
    }
    int slot = slot(size);
    parcels[slot] = parcel;
    times[slot] = now;
    size++;
    bytes += parcel.frameBytes();
    parcel.enter();
  }

  /// Whether frames wait to be handed to the channel.
  boolean hasWaiting() {
    return handed < size;
  }

  /// The first waiting frame.
  Parcel waiting() {
    check(hasWaiting(), "nothing waits");
    return parcelAt(slot(handed));
  }

  /// The first waiting frame was handed to the channel.
  void hand() {
    waiting().keepFrame();
    handed++;
    allowance.charge(HANDED_BYTES);
  }

  /// How many frames were handed to the channel and not settled.
  int handed() {
    return handed;
  }

  /// The channel has got rid of that many of the frames handed to it.
  void settle(int frames) {
    check(frames <= handed, "settled more than was handed");
    for (int i = 0; i < frames; i++) {
      var parcel = remove(head);
      parcel.letFrameGo();
      head = slot(1);
    }
    handed -= frames;
    allowance.free((long) frames * HANDED_BYTES);
  }

  /// Gives up all waiting frames and says how many messages were among them.
  int abandonWaiting() {
    int messages = 0;
    while (hasWaiting()) {
      messages += remove(slot(size - 1)).isMessage() ? 1 : 0;
    }
    tidy();
    return messages;
  }

  /// Gives up all frames, because the channel is gone, and says how many messages were among them.
  int abandonAll() {
    int messages = 0;
    for (int i = 0; i < handed; i++) {
      messages += parcelAt(slot(i)).isMessage() ? 1 : 0;
    }
    settle(handed);
    return messages + abandonWaiting();
  }

  /// Makes a ring smaller that was much larger than it need be now, or does without one.
  void tidy() {
    if (size == 0 && parcels.length > 0) {
      resize(0);
    } else if (parcels.length > CAPACITY_MIN && size <= parcels.length / 4) {
      resize(Math.max(CAPACITY_MIN, 2 * Integer.highestOneBit(size)));
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Bytes of all frames here.
  long bytes() {
    return bytes;
  }

  /// Bytes of memory kept for this client, though some of it may be kept for others too.
  long held() {
    return bytes + (long) parcels.length * SLOT_BYTES + (long) handed * HANDED_BYTES;
  }

  /// When the oldest frame was written.
  long oldest() {
    check(size > 0, "nothing is here");
    return times[head];
  }

  private int slot(int offset) {
    return (head + offset) & (parcels.length - 1);
  }

  private Parcel parcelAt(int slot) {
    return Objects.requireNonNull(parcels[slot]);
  }

  private Parcel remove(int slot) {
    var parcel = parcelAt(slot);
    parcels[slot] = null;
    size--;
    bytes -= parcel.frameBytes();
    parcel.leave();
    return parcel;
  }

  private void resize(int capacity) {
    var newParcels = new @Nullable Parcel[capacity];
    var newTimes = new long[capacity];
    for (int i = 0; i < size; i++) {
      int slot = slot(i);
      newParcels[i] = parcels[slot];
      newTimes[i] = times[slot];
    }
    allowance.charge((long) (capacity - parcels.length) * SLOT_BYTES);
    parcels = newParcels;
    times = newTimes;
    head = 0;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(
          otherwise + ": size " + size + ", handed " + handed + ", bytes " + bytes);
    }
  }
}
