package dev.kith.app;

import dev.kith.cluster.Cluster;
import dev.kith.net.LinkTransport;
import dev.kith.process.Node;

/// A node that is one of many, and what it listens with.
record LinkedNode(Node node, Cluster cluster, LinkTransport transport) implements AutoCloseable {

  /// What a program says of itself when it is there.
  String words() {
    String address = cluster.address();
    return "node=%s link=%s pid=%d"
        .formatted(
            node.name(),
            address.substring(address.lastIndexOf(':') + 1),
            ProcessHandle.current().pid());
  }

  /// Leaves in good order.
  @Override
  public void close() {
    cluster.close();
    node.close();
    transport.close();
  }
}
