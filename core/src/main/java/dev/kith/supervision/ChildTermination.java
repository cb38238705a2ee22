package dev.kith.supervision;

/// What became of a request to stop a child (SUP-10).
public enum ChildTermination {
  /// It has ended, one way or the other, or did not run.
  TERMINATED,

  /// There is no such child.
  NOT_FOUND
}
