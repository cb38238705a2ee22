package dev.kith.cluster.registrar;

import dev.kith.observe.SystemEvent;
import java.util.Optional;

/// What a node hears of members and leases, as system events.
public sealed interface RegistrarEvent extends SystemEvent {
  /// A node is a member.
  record MemberJoined(Member member) implements RegistrarEvent {}

  /// A node is a member no more: what it held is free. Or this node's own stay has ended, which
  /// [StayChanged] has said before: it sees nobody then, and hears of all again when it has joined.
  record MemberRemoved(Member member) implements RegistrarEvent {}

  /// Somebody else leads, or nobody.
  ///
  /// @param leader the lease of who leads; empty if nobody does
  record LeaderChanged(Optional<Lease> leader) implements RegistrarEvent {}

  /// What a node can rely on has changed.
  ///
  /// @param why in words; empty for a member
  record StayChanged(Registrar.Confidence confidence, String why) implements RegistrarEvent {}

  /// A lease that this node held is its own no more, without having been given back.
  record LeaseLost(Lease lease) implements RegistrarEvent {}
}
