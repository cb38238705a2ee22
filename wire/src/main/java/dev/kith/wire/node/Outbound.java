package dev.kith.wire.node;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/*
 * A lane is a stream of signals, each behind its length; a frame is a slice of that stream. So a signal of
 * any length is cut into frames without being more than bytes, and many short ones share a frame.
 *
 * Senders append under the lane's lock, which they share with nobody but those of the same lane and, for
 * the time it takes to take a chunk away, the loop. The loop takes one chunk from each lane in turn, so a
 * lane with a hundred megabytes delays another by no more than one frame.
 *
 * A sender waits for its own lane only: however much somebody else has sent, its signals leave soon.
 *
 * The receiver must keep what it has of a signal that has not come whole. So that it need not do so for a
 * long one in every lane, only one lane at a time may be in the middle of a long one: it holds the token.
 */
/// What is on its way to one other node, in lanes.
///
/// **Ordering.** Signals of one lane leave in the order appended. **Threading.** Any thread
/// appends; the connection's loop takes. **Limits.** The caller looks at [#bytes] before it
/// appends.
public final class Outbound {
  /// A signal of more bytes is long.
  static final int LONG = 1 << 20;

  private static final int CHUNK_MIN = 1_024;

  /// A chunk that is longer is closed rather than made to grow.
  private static final int CHUNK_GROWS = 16 << 10;

  /// Several kilobytes of stack.
  private static final int ENSURED_FRAMES = 48;

  /// Bytes of the longest length, a var number.
  private static final int LENGTH_MAX = 5;

  private static final byte[] NO_LENGTH = new byte[LENGTH_MAX];

  private final Lane[] lanes = new Lane[Frame.LANES];

  /// The lane that comes next, and the one that holds the token. The loop's.
  private int turn;

  private @Nullable Lane longOne;

  /// A part of a lane, which becomes one frame: its bytes stand behind room for a header.
  private static final class Chunk {
    byte[] array;
    int size;
    boolean startsLong;
    boolean endsLong;

    Chunk(int length) {
      array = new byte[Frame.HEADER + length];
    }

    int room() {
      return Frame.BODY_MAX - size;
    }

    /// Bytes that can be added without more ado, and some more.
    int unused() {
      return array.length - Frame.HEADER - size;
    }

    void add(byte[] source, int from, int count) {
      int needed = Frame.HEADER + size + count;
      if (array.length < needed) {
        int grown = Math.max(needed, 4 * array.length);
        array = Arrays.copyOf(array, Math.min(grown, Frame.HEADER + Frame.BODY_MAX));
      }
      System.arraycopy(source, from, array, Frame.HEADER + size, count);
      size += count;
    }
  }

  /// One stream of signals. Guarded by its own lock.
  private static final class Lane {
    private final Queue<Chunk> full = new ArrayDeque<>();
    private @Nullable Chunk open;

    /// Bytes that wait. Written under the lock, read by anybody.
    private volatile long bytes;

    /// How long chunks have been of late: the next one begins with so much room.
    private int usual = CHUNK_MIN;

    /// Returns how many bytes wait now.
    synchronized long append(byte[] source, int start, int end) {
      Chunk last = open;
      if (last != null && end - start < last.unused()) {
        System.arraycopy(source, start, last.array, Frame.HEADER + last.size, end - start);
        last.size += end - start;
      } else {
        ensureStack(ENSURED_FRAMES, 1, 2, 3, 4, 5, 6, 7);
        appendPieces(source, start, end);
      }
      long waiting = bytes + end - start;
      bytes = waiting;
      return waiting;
    }

    private void appendPieces(byte[] source, int start, int end) {
      boolean isLong = end - start > LONG;
      if (isLong || (open != null && open.size > CHUNK_GROWS)) {
        close();
      }
      for (int from = start; from < end; ) {
        Chunk chunk = open;
        if (chunk == null) {
          chunk = new Chunk(Math.min(Frame.BODY_MAX, Math.max(usual, end - from)));
          chunk.startsLong = isLong && from == start;
          open = chunk;
        }
        int count = Math.min(chunk.room(), end - from);
        chunk.add(source, from, count);
        from += count;
        chunk.endsLong = isLong && from == end;
        if (chunk.room() == 0 || chunk.endsLong) {
          close();
        }
      }
    }

    private void close() {
      if (open != null) {
        usual = Math.max(usual, open.size);
        full.add(open);
        open = null;
      }
    }

    /// The chunk that leaves next, if it may; null if there is none.
    synchronized @Nullable Chunk take(boolean mayStartLong) {
      Chunk next = full.peek();
      if (next == null) {
        next = open;
        open = null;
        if (next != null) {
          usual = Math.clamp(usual / 2, Math.max(CHUNK_MIN, next.size), Frame.BODY_MAX);
        }
      } else if (next.startsLong && !mayStartLong) {
        return null;
      } else {
        full.remove();
      }
      if (next != null) {
        long left = bytes - next.size;
        bytes = left;
      }
      return next;
    }

    synchronized void clear() {
      full.clear();
      open = null;
      bytes = 0;
    }
  }

  /// Nothing waits.
  public Outbound() {
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane();
    }
  }

  /// A sender that runs out of stack must do so before the first byte of a signal is here, or after
  /// the last.
  private static long ensureStack(
      int frames, long a, long b, long c, long d, long e, long f, long g) {
    if (frames == 0) {
      return a;
    }
    return ensureStack(frames - 1, b, c, d, e, f, g, a + frames) + a + b + c + d + e + f + g;
  }

  /// The lane of a sender.
  public static int laneOf(long sender) {
    return (int) (sender & (Frame.LANES - 1));
  }

  /// Makes room for a length; the signal is written behind it.
  public static void begin(Output signal) {
    signal.clear();
    signal.raw(NO_LENGTH, 0, LENGTH_MAX);
  }

  /// Appends what was written since [#begin] to a lane, as one signal.
  ///
  /// @return how many bytes wait in the lane now
  public long append(int lane, Output signal) {
    byte[] array = signal.array();
    int length = signal.size() - LENGTH_MAX;
    int start = LENGTH_MAX - lengthOfVar(length);
    int rest = length;
    for (int i = start; i < LENGTH_MAX; i++) {
      array[i] = (byte) (i == LENGTH_MAX - 1 ? rest : rest | 0x80);
      rest >>>= 7;
    }
    return lanes[lane].append(array, start, signal.size());
  }

  private static int lengthOfVar(int value) {
    return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
  }

  /// How many bytes wait in a lane, about.
  public long bytes(int lane) {
    return lanes[lane].bytes;
  }

  /// The next frame; null if nothing waits.
  public @Nullable ByteBuffer poll(FrameWriter writer) {
    for (int tried = 0; tried < lanes.length; tried++) {
      int number = turn;
      turn = (turn + 1) % lanes.length;
      Lane lane = lanes[number];
      Chunk chunk = lane.take(longOne == null);
      if (chunk != null) {
        if (chunk.startsLong) {
          longOne = lane;
        }
        if (chunk.endsLong) {
          longOne = null;
        }
        return writer.frame(Frame.Kind.DATA, number, chunk.array, chunk.size);
      }
    }
    return null;
  }

  /// Forgets everything: the connection is lost.
  public void clear() {
    for (Lane lane : lanes) {
      lane.clear();
    }
  }
}
