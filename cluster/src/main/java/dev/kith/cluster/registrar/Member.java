package dev.kith.cluster.registrar;

import dev.kith.process.NodeName;

/// A node that takes part, for one stay: from its joining to its leaving or its removal.
///
/// @param node its name, which no other member has
/// @param incarnation which life of it
/// @param address where others reach it
/// @param stay unique among all stays of all nodes; a later one is greater
public record Member(NodeName node, int incarnation, String address, long stay) {
  /// Why another life of the node cannot join, in words.
  public String refusal() {
    return "another life of %s is a member: it must leave, or its session end".formatted(this);
  }

  @Override
  public String toString() {
    return node + " (stay " + stay + ")";
  }
}
