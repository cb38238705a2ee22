package dev.kith.examples;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Fence;
import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.ProcessRef;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What only one of all nodes does: under a lease, and under a name.
final class OneOfMany {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private OneOfMany() {}

  static void main(String[] arguments) {
    Node node = Node.start(NodeSpec.of(NodeName.of("one")));
    Cluster cluster = Clusters.join(node, Types.of(), List.of());
    System.out.println(report(cluster, new Store()));
    System.out.println(king(node, cluster));
    cluster.close();
    node.close();
  }

  /// Where reports go: it refuses those of a node that was replaced meanwhile.
  private static final class Store {
    private final Fence fence = new Fence();

    String save(Lease by, String report) {
      return fence.admits(by) ? "saved: " + report : "refused: " + by;
    }
  }

  private static String report(Cluster cluster, Store store) {
    // @start region=lease
    return switch (cluster.enrolment().acquireAndWait("nightly-report", "", WITHIN)) {
      case Attempt.Done<Lease>(Lease lease) -> {
        String outcome = store.save(lease, "42 sold");
        cluster.enrolment().releaseAndWait(lease, WITHIN);
        yield outcome;
      }
      case Attempt.Refused<Lease>(String why) -> "another node is at it: " + why;
      case Attempt.Unknown<Lease>(String why) -> "nobody can say: " + why;
    };
    // @end
  }

  private static String king(Node node, Cluster cluster) {
    // @start region=name
    Name<String> king = Name.of("king", String.class);
    ProcessRef<String> candidate = node.spawn(String.class, () -> (_, _) -> {});
    Attempt<Lease> crowned = cluster.exclusiveNames().claimAndWait(king, candidate, WITHIN);
    boolean found = cluster.exclusiveNames().locate(king).equals(Optional.of(candidate));
    // @end
    return crowned instanceof Attempt.Done && found ? "the king is here" : "no king: " + crowned;
  }
}
