package dev.kith.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What other nodes know by number: requests that they may answer, and aliases that they may send
/// to.
///
/// **Threading.** Any thread. **Limits.** Requests go when they are answered, given up or their
/// connection is lost, aliases when they are cancelled or their owner ends.
final class Abroad {
  private static final int SWEEP_MIN = 1_024;

  private final Map<Long, Ask<?>> asks = new ConcurrentHashMap<>();
  private final Map<Long, AliasRef<?>> aliases = new ConcurrentHashMap<>();
  private final AtomicLong ids;

  /// At how many lent requests those are looked for that were answered here since.
  private volatile int sweepAt = SWEEP_MIN;

  /// Begins to count at a random number, so that those of one life mean nothing in the next.
  Abroad(Entropy entropy) {
    ids = new AtomicLong(entropy.bits() >>> 8);
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  // Requests

  /// From now on a request can be answered from another node.
  void open(long id, Ask<?> ask) {
    asks.put(id, ask);
  }

  /// The right to answer a request of this node is given to another.
  long lend(Ask<?> ask) {
    if (asks.size() >= sweepAt) {
      asks.values().removeIf(known -> !known.isOpen());
      sweepAt = Math.max(SWEEP_MIN, 2 * asks.size());
    }
    long id = nextId();
    asks.put(id, ask);
    return id;
  }

  /// The request with this number, which nobody can answer from now on; null if there is none.
  @Nullable Ask<?> close(long id) {
    return asks.remove(id);
  }

  /// A request that was lent; null if it is not open any more.
  @Nullable Ask<?> find(long id) {
    return asks.get(id);
  }

  /// All requests that go over this connection have failed.
  void failAll(Peer peer, ExitReason reason) {
    asks.forEach((id, ask) -> {
      if (ask.via instanceof Crossing crossing && crossing.peer() == peer && asks.remove(id, ask)) {
        ask.refuse(reason);
      }
    });
  }

  // Aliases

  /// The number of an alias that is told to another node.
  long numberOf(AliasRef<?> alias) {
    long known = alias.number();
    if (known != 0) {
      return known;
    }
    long id = alias.number(nextId());
    aliases.put(id, alias);
    alias.owner.attach(_ -> aliases.remove(id));
    if (alias.isCancelled()) {
      aliases.remove(id);
    }
    return id;
  }

  @Nullable AliasRef<?> alias(long id) {
    return aliases.get(id);
  }

  /// An alias was cancelled.
  void forget(AliasRef<?> alias) {
    aliases.remove(alias.number());
  }

  int size() {
    return asks.size() + aliases.size();
  }
}
