package dev.kith.cluster;

/// A message is in its receiver's mailbox.
public enum Arrived {
  /// There is nothing else to say.
  ARRIVED
}
