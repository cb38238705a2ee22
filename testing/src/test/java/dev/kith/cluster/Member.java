package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.net.LinkTransport;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A node on real threads, its real connections and their threads.
record Member(Node node, LinkTransport transport, Cluster cluster) implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /// A node that joins these, over plain TCP.
  static Member start(String name, ClusterSpec spec) {
    return start(name, LinkTransport.tcp(1), spec);
  }

  static Member start(String name, LinkTransport transport, ClusterSpec spec) {
    Node node =
        Node.start(NodeSpec.of(NodeName.of(name)).withCrashReports(NodeSpec.CrashReports.SILENT));
    return switch (Cluster.start(node, transport, spec)) {
      case Cluster.Start.Joined(Cluster cluster) -> new Member(node, transport, cluster);
      case Cluster.Start.NotPossible(String why) -> throw new AssertionError(why);
    };
  }

  String address() {
    return cluster.address();
  }

  boolean sees(Member other) {
    return cluster.nodes().contains(other.node.name());
  }

  void meets(Member other) {
    await("a meeting", () -> sees(other) && other.sees(this));
  }

  static void await(String what, BooleanSupplier holds) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time for %s", what).isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    cluster.close();
    node.close();
    transport.close();
  }
}
