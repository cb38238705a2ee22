package dev.kith.process;

/// Makes sure that a thread has stack left before it does what must not be done by half.
///
/// A sender that runs out of stack between waking a process and putting it into a queue would leave
/// that process deaf. Workers repeat the second half from the bottom of their stacks; other threads
/// come here first, and run out of stack, if they must, before anything has happened.
final class StackProbe {
  // Each of the next may be on the way of the one before. It asks for less, or it would stop in the
  // middle what was sure to end.
  private static final int FRAMES_TO_FETCH = 196;
  private static final int FRAMES = 112;
  private static final int FRAMES_OF_STEP = 42;

  private StackProbe() {}

  /// Throws `StackOverflowError` unless 8 KB of stack are left. To wake a virtual thread takes a
  /// little more than 3 while the JDK's part is interpreted, and its pool needs another carrier.
  static void probe() {
    descend(FRAMES, 1, 2, 3, 4, 5, 6, 7);
  }

  /// As [#probe], before signals are taken out, which may send others when they act.
  static void probeToFetch() {
    descend(FRAMES_TO_FETCH, 1, 2, 3, 4, 5, 6, 7);
  }

  /// As [#probe], for a step of its own that others come to who have probed.
  static void probeForStep() {
    descend(FRAMES_OF_STEP, 1, 2, 3, 4, 5, 6, 7);
  }

  /// Wide frames: 72 bytes each when compiled, 208 before. What a branch would need that is never
  /// taken is kept on the stack and costs no more than that.
  private static long descend(int frames, long a, long b, long c, long d, long e, long f, long g) {
    if (frames == 0) {
      return a;
    }
    long below = descend(frames - 1, b, c, d, e, f, g, a + frames);
    return below == Long.MIN_VALUE ? a + b + c + d + e + f + g : below;
  }
}
