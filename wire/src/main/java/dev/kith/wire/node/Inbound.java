package dev.kith.wire.node;

import java.util.Arrays;
import java.util.function.Consumer;

/// Puts the signals of the lanes together again, from frames.
///
/// **Threading.** Belongs to one connection's loop. **Limits.** What is kept grows with what has
/// come, and beyond two frames never with what was only announced; one signal is at most as long as
/// allowed, and all that is not whole together at most that and a little.
final class Inbound {
  private static final int LENGTH_BYTES_MAX = 5;

  /// Signals up to this length get all their room at once.
  private static final int AT_ONCE = 2 * Frame.BODY_MAX;

  private final int signalMax;
  private final long keptMax;
  private final Lane[] lanes = new Lane[Frame.LANES];
  private long kept;

  /// What has come of a signal.
  private static final class Lane {
    private byte[] partial = new byte[0];
    private int size;

    /// How long the signal is, with its length in front; -1 while that is not known.
    private int wanted = -1;
  }

  /// @param signalMax the bytes that one signal may have
  Inbound(int signalMax) {
    this.signalMax = signalMax;
    this.keptMax = signalMax + (long) Frame.LANES * Outbound.LONG;
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane();
    }
  }

  /// Takes a slice of a lane, and hands over each signal that it completes.
  ///
  /// @throws Malformed if a signal is longer than allowed
  void take(int lane, byte[] slice, Consumer<? super Input> each) {
    Lane to = lanes[lane];
    int at = 0;
    while (at < slice.length) {
      if (to.size > 0) {
        at = complete(to, slice, at, each);
      } else {
        int length = lengthAt(slice, at, slice.length);
        if (length < 0 || slice.length - at < length) {
          to.wanted = length;
          keep(to, slice, at, slice.length - at);
          return;
        }
        each.accept(signal(slice, at, at + length));
        at += length;
      }
    }
  }

  /// Goes on with a signal of which something is here; returns up to where the slice was needed.
  private int complete(Lane to, byte[] slice, int at, Consumer<? super Input> each) {
    int from = at;
    while (to.wanted < 0 && from < slice.length) {
      keep(to, slice, from++, 1);
      to.wanted = lengthAt(to.partial, 0, to.size);
    }
    if (to.wanted < 0) {
      return from;
    }
    int count = Math.min(to.wanted - to.size, slice.length - from);
    keep(to, slice, from, count);
    if (to.size == to.wanted) {
      byte[] whole = to.partial;
      kept -= to.size;
      to.partial = new byte[0];
      to.size = 0;
      int length = to.wanted;
      to.wanted = -1;
      each.accept(signal(whole, 0, length));
    }
    return from + count;
  }

  private void keep(Lane to, byte[] slice, int from, int count) {
    int needed = to.size + count;
    if (to.partial.length < needed) {
      long grown = Math.max(needed, Math.max(2L * to.partial.length, AT_ONCE));
      int most = to.wanted < 0 ? Math.max(needed, LENGTH_BYTES_MAX) : to.wanted;
      to.partial = Arrays.copyOf(to.partial, (int) Math.min(grown, most));
    }
    System.arraycopy(slice, from, to.partial, to.size, count);
    to.size = needed;
    kept += count;
    if (kept > keptMax) {
      throw new Malformed("signals that are not whole, of %d bytes together".formatted(kept));
    }
  }

  /// How long the signal here is, with its length in front; -1 if that has not come whole.
  private int lengthAt(byte[] bytes, int from, int end) {
    long length = 0;
    for (int i = 0; i < LENGTH_BYTES_MAX && from + i < end; i++) {
      byte next = bytes[from + i];
      length |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        if (length > signalMax) {
          throw new Malformed("a signal of %d bytes, of %d allowed".formatted(length, signalMax));
        }
        return (int) length + i + 1;
      }
    }
    if (end - from >= LENGTH_BYTES_MAX) {
      throw new Malformed("a length of more than five bytes");
    }
    return -1;
  }

  private static Input signal(byte[] bytes, int from, int end) {
    Input input = new Input(bytes, from, end);
    input.var(); // its length
    return input;
  }
}
