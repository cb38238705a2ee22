package dev.kith.cluster;

import dev.kith.group.Row;
import dev.kith.process.NodeName;
import java.util.List;
import java.util.Map;

/// What happens to the process that keeps a node's scopes and those of others alike.
sealed interface Replication {

  /// A node tells another of its scopes.
  sealed interface Told extends Replication {
    /// Who tells.
    Origin from();
  }

  /// A node, in one of its lives.
  record Origin(NodeName node, int life) {}

  /// What the teller has of the node that it tells: for each of its own scopes, the version. It
  /// wants to hear the rest, and of every change from now on.
  ///
  /// @param asks whether it wants to hear the same of the other
  record Known(Origin from, Map<String, Long> versions, boolean asks) implements Told {
    public Known {
      versions = Map.copyOf(versions);
    }
  }

  /// How the teller's rows have changed since a version; by one version each.
  record Changes(Origin from, String scope, long before, List<Row> changes) implements Told {
    public Changes {
      changes = List.copyOf(changes);
    }
  }

  /// A piece of all the rows that the teller has, at a version.
  ///
  /// @param piece which one, from 0
  /// @param last whether it is the last
  record Whole(Origin from, String scope, long version, int piece, boolean last, List<Row> rows)
      implements Told {
    public Whole {
      rows = List.copyOf(rows);
    }
  }

  // From this node

  /// Something has changed here.
  record Changed() implements Replication {}

  /// A scope has been opened here.
  record Opened() implements Replication {}

  /// A node can be reached.
  record Reached(NodeName node, int life) implements Replication {}

  /// A node cannot be reached any more.
  record Lost(NodeName node, int life) implements Replication {}

  /// What is known of a node is not what it says it has.
  record Behind(NodeName node, int life) implements Replication {}

  /// A node has not come back for long.
  record Forgotten(NodeName node) implements Replication {}
}
