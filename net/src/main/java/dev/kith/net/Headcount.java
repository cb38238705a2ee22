package dev.kith.net;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who is connected, counted against [ConnectionLimits].
///
/// **Threading.** Any; connections come and go rarely enough for a lock.
final class Headcount {
  private final ConnectionLimits limits;
  private final Promise<Void> nobody = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);

  /// Bounded by the total. Guarded by this object's lock, like the fields below.
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();

  private int limited;
  private int all;
  private boolean closing;

  Headcount(ConnectionLimits limits) {
    this.limits = limits;
  }

  /// Counts a connection in, or says why it may not come in.
  synchronized Optional<Refusal> enter(InetAddress address) {
    if (isLimited(address)) {
      if (limited >= limits.total()) {
        return Optional.of(Refusal.CONNECTIONS_TOTAL);
      }
      if (perAddress.getOrDefault(address, 0) >= limits.perAddress()) {
        return Optional.of(Refusal.CONNECTIONS_PER_ADDRESS);
      }
      perAddress.merge(address, 1, Integer::sum);
      limited++;
    }
    all++;
    return Optional.empty();
  }

  /// Counts out a connection that was counted in.
  synchronized void leave(InetAddress address) {
    if (isLimited(address)) {
      perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
      limited--;
    }
    all--;
    tellIfNobody();
  }

  /// Done when nobody is left. To be asked once nobody can come in any more.
  synchronized Future<Void> nobody() {
    closing = true;
    tellIfNobody();
    return nobody;
  }

  private void tellIfNobody() {
    if (closing && all == 0) {
      nobody.trySuccess(null);
    }
  }

  private boolean isLimited(InetAddress address) {
    return limits.loopback() == Loopback.LIMITED || !address.isLoopbackAddress();
  }
}
