package dev.kith.process;

import org.jspecify.annotations.Nullable;

/*
 * Everybody who calls first says for whom he waits (`waitingFor`, volatile) and then looks where that
 * chain leads. Of several who close a circle at the same time, the last to say so sees all the others.
 *
 * An edge counts only while its request is open and its server has not taken it: a server that has, may be
 * answered for by somebody else, and so is not waited for.
 */
/// Finds calls that would wait for themselves.
final class Cycle {
  /// Longer chains are not followed; such a call ends by its deadline.
  private static final int LENGTH_MAX = 1_000;

  private Cycle() {}

  /// The circle that a request would close, in words; null if there is none.
  static @Nullable String find(Ask<?> request, LocalProcess<?> caller) {
    Ask<?> edge = request;
    for (int length = 0; edge != null && length < LENGTH_MAX; length++) {
      LocalProcess<?> waitedFor = edge.target;
      if (waitedFor == null || !edge.isOwed()) {
        return null;
      }
      if (waitedFor == caller) {
        return describe(request, caller);
      }
      edge = waitedFor.extras().waitingFor;
    }
    return null;
  }

  private static String describe(Ask<?> request, LocalProcess<?> caller) {
    StringBuilder path = new StringBuilder(caller.toString());
    Ask<?> edge = request;
    while (edge != null && edge.target != null) {
      path.append(" waits for ").append(edge.target);
      if (edge.target == caller) {
        break;
      }
      edge = edge.target.extras().waitingFor;
    }
    return path.toString();
  }
}
