package dev.kith.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens on all loops of a server.
///
/// **Threading.** Counted on loops, read anywhere.
final class Ledger {
  final LongAdder connections = new LongAdder();
  final LongAdder pipes = new LongAdder();
  final LongAdder outboundBytes = new LongAdder();
  final LongAdder requests = new LongAdder();
  final LongAdder messagesReceived = new LongAdder();
  final LongAdder messagesWritten = new LongAdder();
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

  Ledger() {
    for (var refusal : Refusal.values()) {
      refusals.put(refusal, new LongAdder());
    }
  }

  void count(Refusal why) {
    count(why, 1);
  }

  void count(Refusal why, int times) {
    Objects.requireNonNull(refusals.get(why)).add(times);
  }

  ServerCounts counts() {
    var copy = new EnumMap<Refusal, Long>(Refusal.class);
    refusals.forEach((refusal, adder) -> copy.put(refusal, adder.sum()));
    return new ServerCounts(
        connections.sum(),
        pipes.sum(),
        outboundBytes.sum(),
        requests.sum(),
        messagesReceived.sum(),
        messagesWritten.sum(),
        copy);
  }
}
