package dev.kith.process;

/// Makes sure that a thread has stack left before it does what must not be done by half.
///
/// A sender that runs out of stack between waking a process and putting it into a queue would leave
/// that process deaf. Workers repeat the second half from the bottom of their stacks; other threads
/// come here first, and run out of stack, if they must, before anything has happened.
final class StackProbe {
  // Each of the next may be on the way of the one before. It asks for less, or it would stop in the
  // middle what was sure to end.
  private static final int FRAMES_TO_FETCH = 112;
  private static final int FRAMES = 64;
  private static final int FRAMES_OF_STEP = 24;

  private StackProbe() {}

  /// Throws `StackOverflowError` unless some kilobytes of stack are left.
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

  /// Wide frames, each kept alive by what the next returns.
  private static long descend(int frames, long a, long b, long c, long d, long e, long f, long g) {
    if (frames == 0) {
      return a;
    }
    return descend(frames - 1, b, c, d, e, f, g, a + frames) + a + b + c + d + e + f + g;
  }
}
