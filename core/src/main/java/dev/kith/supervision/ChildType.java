package dev.kith.supervision;

/// What a child is to its supervisor, for counts and pictures of the tree.
public enum ChildType {
  /// A process that does the work.
  WORKER,

  /// A process that has children of its own.
  SUPERVISOR
}
