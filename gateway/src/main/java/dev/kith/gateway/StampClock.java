package dev.kith.gateway;

import dev.kith.process.Node;
import java.util.concurrent.atomic.AtomicLong;

/// Makes the stamps of a node.
///
/// Source: S. Kulkarni and others, "Logical Physical Clocks": the wall's time, but never before
/// what was heard of; so an answer is ordered after what it answers, however the clocks of machines
/// differ and even if one is set back.
///
/// **Threading.** Any thread.
final class StampClock {
  private static final long MICROS_PER_MILLI = 1_000;

  private final Node node;
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong();

  StampClock(Node node) {
    this.node = node;
  }

  /// A stamp after all that were made or heard.
  Stamp next() {
    long now = node.clock().wallMillis() * MICROS_PER_MILLI;
    long time = last.updateAndGet(before -> Math.max(now, before + 1));
    return new Stamp(time, node.name(), node.incarnation(), numbers.incrementAndGet());
  }

  /// Another node's stamp was heard.
  void heard(Stamp stamp) {
    last.accumulateAndGet(stamp.time(), Math::max);
  }
}
