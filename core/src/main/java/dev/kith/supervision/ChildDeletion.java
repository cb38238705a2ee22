package dev.kith.supervision;

/// What became of a request to forget a child (SUP-10).
public enum ChildDeletion {
  /// It is forgotten.
  DELETED,

  /// It runs: it must be terminated first.
  RUNNING,

  /// The supervisor is about to restart it: it must be terminated first.
  RESTARTING,

  /// There is no child with this id.
  NOT_FOUND
}
