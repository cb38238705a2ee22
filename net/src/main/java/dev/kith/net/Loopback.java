package dev.kith.net;

/// Whether connection limits hold for connections from this very machine.
public enum Loopback {
  /// Loopback connections are neither limited nor counted against the limits.
  EXEMPT,
  /// Loopback connections are limited like all others.
  LIMITED
}
