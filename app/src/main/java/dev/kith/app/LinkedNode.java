package dev.kith.app;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.net.LinkTransport;
import dev.kith.process.Node;

/// A node that is one of many, and what it needs for that.
record LinkedNode(
    Node node, Cluster cluster, LinkTransport transport, RegistrarEngine engine, DataFolder folder)
    implements AutoCloseable {

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
    engine.close();
    folder.close();
  }
}
