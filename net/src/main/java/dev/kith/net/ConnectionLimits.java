package dev.kith.net;

import java.util.Objects;

/// How many connections a server holds. One too many is answered 503 and closed.
///
/// @param total from everywhere together
/// @param perAddress from one remote address
/// @param loopback whether the limits hold for loopback
public record ConnectionLimits(int total, int perAddress, Loopback loopback) {
  /// At least one connection must be possible.
  public ConnectionLimits {
    Limits.checkPositive("connections in total", total);
    Limits.checkPositive("connections per address", perAddress);
    Objects.requireNonNull(loopback, "loopback");
  }

  /// 16,000 in total, 100 per address, loopback exempt.
  public static ConnectionLimits standard() {
    return new ConnectionLimits(16_000, 100, Loopback.EXEMPT);
  }

  /// The same with another total.
  public ConnectionLimits withTotal(int total) {
    return new ConnectionLimits(total, perAddress, loopback);
  }

  /// The same with another number per address.
  public ConnectionLimits withPerAddress(int perAddress) {
    return new ConnectionLimits(total, perAddress, loopback);
  }

  /// The same with loopback exempt or not.
  public ConnectionLimits withLoopback(Loopback loopback) {
    return new ConnectionLimits(total, perAddress, loopback);
  }
}
