package dev.kith.registrar.zookeeper;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.HolderJvm;
import java.io.IOException;
import java.time.Duration;

/// A node that holds a lease of ZooKeeper; the program of a [HolderJvm].
final class ZooKeeperHolder {
  private ZooKeeperHolder() {}

  /// Its arguments are the node, the hosts, and milliseconds of a session.
  public static void main(String[] args) throws IOException {
    try (Node node = Node.start(NodeSpec.of(NodeName.of(args[0])))) {
      Duration session = Duration.ofMillis(Long.parseLong(args[2]));
      ZooKeeperSpec spec = ZooKeeperSpec.of(args[1]).withSession(session);
      HolderJvm.run(args[0], new ZooKeeperRegistrar(node.clock(), spec));
    }
  }
}
