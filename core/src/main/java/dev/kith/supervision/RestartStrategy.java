package dev.kith.supervision;

/// Who restarts together with a child that ended and is to be restarted (SUP-5).
public enum RestartStrategy {
  /// Nobody: the children do not need each other.
  ONE_FOR_ONE,

  /// Every other child: each needs all the others.
  ONE_FOR_ALL,

  /// The children that come after it in start order: each needs those before it.
  REST_FOR_ONE
}
