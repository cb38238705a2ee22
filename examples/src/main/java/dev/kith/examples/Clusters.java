package dev.kith.examples;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.net.LinkTransport;
import dev.kith.process.Node;
import dev.kith.wire.node.Types;
import java.util.List;

/// How the examples make nodes of one machine meet.
final class Clusters {
  private Clusters() {}

  /// Whom a program is told to join: all its arguments but the first.
  static List<String> others(String[] arguments) {
    return List.of(arguments).subList(1, arguments.length);
  }

  /// Makes a node one of many, over TCP on this machine.
  static Cluster join(Node node, Types messages, List<String> others) {
    // @start region=cluster
    ClusterSpec spec = ClusterSpec.listening("127.0.0.1:0", messages).withJoin(others);
    return switch (Cluster.start(node, LinkTransport.tcp(1), spec)) {
      case Cluster.Start.Joined(Cluster cluster) -> cluster;
      case Cluster.Start.NotPossible(String why) -> throw new IllegalStateException(why);
    };
    // @end
  }
}
