package dev.kith.cluster.registrar;

/// What has changed in who is there and who holds what.
public sealed interface Change {
  /// A node is a member.
  record Joined(Member member) implements Change {}

  /// A member is one no more: it has left, or given no sign of life for the time of a session. What
  /// it held is free; that is told before.
  record Removed(Member member) implements Change {}

  /// A lease is held.
  record Held(Lease lease) implements Change {}

  /// A lease is free.
  record Freed(Lease lease) implements Change {}
}
