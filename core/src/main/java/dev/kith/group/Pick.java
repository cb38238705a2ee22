package dev.kith.group;

/// How one member of a group is chosen (A13).
public enum Pick {
  /// One after the other. A member that joined k times has k turns a round, which is how to give
  /// weight.
  ROUND_ROBIN,

  /// By chance, in proportion to how often each has joined.
  RANDOM,

  /// The one with the fewest waiting messages, among the members of this node if it has some; the
  /// next in turn where several are equal. How busy others are is not known.
  LEAST_BUSY
}
