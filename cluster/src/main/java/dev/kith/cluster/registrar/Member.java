package dev.kith.cluster.registrar;

import dev.kith.process.NodeName;

/// A node that takes part, for one stay: from its joining to its leaving or its removal.
///
/// @param node its name, which no other member has
/// @param incarnation which life of it
/// @param address where others reach it
/// @param stay unique among all stays of all nodes; a later one is greater
public record Member(NodeName node, int incarnation, String address, long stay) {
  @Override
  public String toString() {
    return node + " (stay " + stay + ")";
  }
}
