package dev.kith.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The ledger of lost messages: one counter for each reason.
///
/// **Threading.** Any thread counts and reads; a read sees every drop that happened before it.
public final class Drops {
  private final Map<DropReason, LongAdder> counters = new EnumMap<>(DropReason.class);

  /// A ledger at zero.
  public Drops() {
    for (DropReason reason : DropReason.values()) {
      counters.put(reason, new LongAdder());
    }
  }

  /// Counts one lost message.
  public void count(DropReason reason) {
    counter(reason).increment();
  }

  /// Counts several lost messages.
  public void count(DropReason reason, long messages) {
    counter(reason).add(messages);
  }

  /// How many messages were lost for this reason.
  public long of(DropReason reason) {
    return counter(reason).sum();
  }

  /// How many messages were lost for any reason.
  public long total() {
    return counters.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// All counters, in the order of [DropReason].
  public Map<DropReason, Long> snapshot() {
    Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
    counters.forEach((reason, counter) -> all.put(reason, counter.sum()));
    return all;
  }

  private LongAdder counter(DropReason reason) {
    LongAdder counter = counters.get(reason);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + reason);
    }
    return counter;
  }
}
