package dev.kith.registrar.jgroups;

import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.ReplicatedRegistrar;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.HolderJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A node that does not vote and holds a lease; the program of a [HolderJvm].
final class JGroupsHolder {
  private JGroupsHolder() {}

  /// Its arguments are the node, its address, those of the voters with commas between them, the
  /// folder, the secret, and milliseconds of a session.
  public static void main(String[] args) throws IOException {
    try (Node node = Node.start(NodeSpec.of(NodeName.of(args[0])))) {
      SessionTiming timing = SessionTiming.of(Duration.ofMillis(Long.parseLong(args[5])));
      JGroupsSpec spec =
          JGroupsSpec.of(List.of(args[2].split(",")), Path.of(args[3]))
              .withSecret(Secret.of(args[4]))
              .withTiming(timing);
      RaftLog log = new RaftLog(node.clock(), node.entropy(), spec, args[1]);
      HolderJvm.run(args[0], new ReplicatedRegistrar(node.clock(), log, timing));
    }
  }
}
