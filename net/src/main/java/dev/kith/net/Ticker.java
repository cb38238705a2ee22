package dev.kith.net;

/// A clock for waiting: it only moves forward, from no particular start.
@FunctionalInterface
public interface Ticker {
  /// The time in nanoseconds. Only differences mean something.
  long nanos();

  /// The machine's own.
  static Ticker system() {
    return System::nanoTime;
  }
}
