package dev.kith.bench.remote.kith;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.cluster.Secret;
import dev.kith.net.LinkTransport;
import dev.kith.net.Tls;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.ProcessRef;
import dev.kith.wire.node.CertificateFiles;
import dev.kith.wire.node.Types;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A node with links, over TCP or TLS.
record KithSide(Node node, Cluster cluster, LinkTransport transport) implements AutoCloseable {
  /// Stands for "without certificates" on a command line.
  static final String PLAIN = "plain";

  private static final Types TYPES = Types.of(Talk.class);

  /// @param certificates the folder of the certificates, or [#PLAIN]
  static KithSide start(String name, String certificates, List<String> join) {
    Node node =
        Node.start(NodeSpec.of(NodeName.of(name)).withCrashReports(NodeSpec.CrashReports.SILENT));
    LinkTransport transport =
        certificates.equals(PLAIN) ? LinkTransport.tcp(1) : LinkTransport.tls(1, tls(certificates));
    ClusterSpec spec =
        ClusterSpec.listening("127.0.0.1:0", TYPES)
            .withSecret(Secret.of("a secret of benchmarks"))
            .withJoin(join);
    return switch (Cluster.start(node, transport, spec)) {
      case Cluster.Start.Joined(Cluster cluster) -> new KithSide(node, cluster, transport);
      case Cluster.Start.NotPossible(String why) -> throw new IllegalStateException(why);
    };
  }

  private static Tls tls(String certificates) {
    Path folder = Path.of(certificates);
    Path both = folder.resolve("node.pem");
    return Tls.of(new CertificateFiles(both, folder.resolve("node.key"), both));
  }

  /// Waits until so many others are there.
  void meet(int others) {
    while (cluster.nodes().size() < others) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Who has a name on another side, once this one has heard of it.
  <M> ProcessRef<M> find(Name<M> name) {
    Optional<ProcessRef<M>> holder = cluster.book().locate(name);
    while (holder.isEmpty()) {
      LockSupport.parkNanos(1_000_000);
      holder = cluster.book().locate(name);
    }
    return holder.get();
  }

  @Override
  public void close() {
    cluster.close();
    node.close();
    transport.close();
  }
}
