package dev.kith.testing;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.wire.node.CertificateFiles;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Types;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// What a subclass tests of an engine that nodes find each other by: real nodes on this machine,
/// which join nobody, meet and agree on a leader by what each is told of the registrar.
///
/// **Threading.** One thread.
public abstract class DiscoveryContract {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /// Of all nodes; another one for each test.
  @TempDir protected Path folder;

  /// For the subclass.
  protected DiscoveryContract() {}

  /// A new transport between nodes of this machine, [kept][#kept].
  protected abstract Transport transport();

  /// Is closed after the test, before what was kept earlier.
  protected final <T extends AutoCloseable> T kept(T one) {
    open.push(one);
    return one;
  }

  /// Closes everything.
  @AfterEach
  protected final void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /// What engines are told of each node.
  protected final RegistrarProvider.Setting setting() {
    return new RegistrarProvider.Setting(List.of(), folder, Secret.none(), certificates());
  }

  /// Those of each node, for engines alone.
  protected Optional<CertificateFiles> certificates() {
    return Optional.empty();
  }

  /// A node, and what it is told of the registrar.
  ///
  /// @param address where it listens for others
  public record Told(String address, String registrar) {}

  /// All are told the same.
  protected final void assertTheyMeet(String registrar, List<String> addresses) {
    assertTheyMeet(addresses.stream().map(address -> new Told(address, registrar)).toList());
  }

  /// These nodes, started now, meet.
  protected final void assertTheyMeet(List<Told> nodes) {
    List<Cluster> clusters = new ArrayList<>();
    nodes.forEach(told -> clusters.add(start("n" + clusters.size(), told)));
    Loopback.until("a leader that all know", () -> haveAgreed(clusters));
    int others = nodes.size() - 1;
    Loopback.until(
        "all to meet",
        () -> clusters.stream().allMatch(cluster -> cluster.nodes().size() == others));
  }

  private Cluster start(String name, Told told) {
    var engine = RegistrarProvider.engineOf(told.registrar, setting());
    Node node = kept(Node.start(NodeSpec.of(NodeName.of(name))));
    Transport transport = transport();
    kept(engine);
    ClusterSpec spec = ClusterSpec.listening(told.address, Types.of()).withRegistrar(engine);
    return switch (Cluster.start(node, transport, spec)) {
      case Cluster.Start.Joined(Cluster cluster) -> kept(cluster);
      case Cluster.Start.NotPossible(String why) -> throw new AssertionError(why);
    };
  }

  private static boolean haveAgreed(List<Cluster> clusters) {
    Stream<Optional<Lease>> leaders =
        clusters.stream().map(cluster -> cluster.enrolment().leader()).distinct();
    return clusters.getFirst().enrolment().leader().isPresent()
        && leaders.count() == 1
        && clusters.stream()
            .allMatch(cluster -> cluster.enrolment().members().size() == clusters.size());
  }

  /// This description makes no sense, and these words of why are among those that are said.
  protected final void assertRefused(String registrar, String words) {
    try {
      RegistrarProvider.engineOf(registrar, setting()).close();
    } catch (IllegalArgumentException refused) {
      if (String.valueOf(refused.getMessage()).contains(words)) {
        return;
      }
      throw new AssertionError("not " + words, refused);
    }
    throw new AssertionError(registrar + " was not refused");
  }
}
