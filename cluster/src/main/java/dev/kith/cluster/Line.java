package dev.kith.cluster;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Cancel;
import dev.kith.process.ReplyTo;
import java.util.ArrayDeque;
import java.util.Queue;

/// Those on this node who want one lease, in order.
///
/// **Threading.** The steward's.
final class Line {
  final Queue<Waiter> waiters = new ArrayDeque<>();

  /// Whether the registrar was asked for the first of them, and has not answered.
  boolean trying;

  /// What was said last about why it is not to be had.
  String why = "this node is no member yet";

  /// One of them.
  record Waiter(long number, String value, ReplyTo<Attempt<Lease>> to, Cancel timer) {}

  /// Whether the first in it wants a lease with this value, which says to all who has it: one that
  /// was asked for somebody before is nobody's.
  boolean isFirst(String value) {
    return waiters.element().value.equals(value);
  }

  /// Who waits in it, now that those have left who gave up or ended.
  Queue<Waiter> waiting() {
    waiters.removeIf(waiter -> {
      boolean gone = !waiter.to.isAwaited();
      if (gone) {
        waiter.timer.cancel();
      }
      return gone;
    });
    return waiters;
  }
}
