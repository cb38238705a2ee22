package dev.kith.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/// What happened in a world, in order: a digest of all of it, and the last lines in words.
public final class Trace {
  private static final int TAIL = 40;

  private final Deque<String> tail = new ArrayDeque<>();
  private long digest = 1;
  private long length;

  Trace() {}

  void add(long nanos, Object what) {
    String line = nanos + " " + what;
    digest = digest * 0x9E3779B97F4A7C15L + line.hashCode();
    length++;
    if (tail.size() == TAIL) {
      tail.removeFirst();
    }
    tail.addLast(line);
  }

  /// A number that two runs share if and only if (but for chance) the same happened in the same
  /// order.
  public long digest() {
    return digest;
  }

  /// How many steps there were.
  public long length() {
    return length;
  }

  /// The last steps, a line each: nanoseconds and who had a turn.
  public String tail() {
    return String.join("\n", tail);
  }
}
