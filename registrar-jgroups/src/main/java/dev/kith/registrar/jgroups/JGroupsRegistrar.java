package dev.kith.registrar.jgroups;

import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.ReplicatedRegistrar;
import dev.kith.process.Node;

/// JGroups as a registrar: the voters agree on an order of commands by jgroups-raft, and everything
/// else is [dev.kith.cluster.registrar.Registry].
public final class JGroupsRegistrar {
  private JGroupsRegistrar() {}

  /// A registrar of a node, which has this link address. Its channel listens 1,000 ports above
  /// that, on the same host. It goes on trying to meet the others for as long as it is not closed.
  public static Registrar open(Node node, JGroupsSpec spec, String address) {
    RaftLog log = new RaftLog(node.clock(), node.entropy(), spec, address);
    return new ReplicatedRegistrar(node.clock(), log, spec.timing());
  }
}
