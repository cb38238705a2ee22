package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.Lease;
import dev.kith.net.LinkTransport;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.Loopback;
import dev.kith.wire.node.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// B7, D4: three real nodes that join nobody find each other, and a leader, by what they are told
/// of the registrar.
class DiscoveryTest {
  private final List<String> addresses = Ports.free(3);
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    open.clear();
  }

  private void assertTheyMeet(String description) {
    assertTheyMeet(description, addresses);
  }

  private void assertTheyMeet(String description, List<String> here) {
    List<Cluster> clusters = here.stream().map(address -> start(description, address)).toList();
    Loopback.until("a leader that all know", () -> agreed(clusters));
    int others = here.size() - 1;
    Loopback.until(
        "all to meet",
        () -> clusters.stream().allMatch(cluster -> cluster.nodes().size() == others));
  }

  private Cluster start(String description, String address) {
    Node node = Node.start(NodeSpec.of(NodeName.of("n" + open.size())));
    LinkTransport transport = LinkTransport.tcp(1);
    open.add(node);
    open.add(transport);
    ClusterSpec spec =
        ClusterSpec.listening(address, Types.of())
            .withRegistrar(RegistrarProvider.engineOf(description, setting()));
    return switch (Cluster.start(node, transport, spec)) {
      case Cluster.Start.Joined(Cluster cluster) -> {
        open.add(cluster);
        yield cluster;
      }
      case Cluster.Start.NotPossible(String why) -> throw new AssertionError(why);
    };
  }

  private RegistrarProvider.Setting setting() {
    return new RegistrarProvider.Setting(List.of(), folder, Secret.none(), Optional.empty());
  }

  private static boolean agreed(List<Cluster> clusters) {
    Optional<Lease> leader = clusters.getFirst().enrolment().leader();
    return leader.isPresent()
        && clusters.stream()
            .map(Cluster::enrolment)
            .allMatch(
                one -> one.leader().equals(leader) && one.members().size() == clusters.size());
  }

  @Test
  void byAList() {
    assertTheyMeet("jgroups:static:" + String.join(",", addresses));
  }

  @Test
  void byAFile() throws IOException {
    Path file = folder.resolve("nodes");
    Files.writeString(file, "# those that vote\n\n" + String.join("\n", addresses) + "\n");
    assertTheyMeet("jgroups:static:@" + file);
  }

  @Test
  void byTheNameService() {
    List<Integer> ports =
        addresses.stream().map(address -> Integer.valueOf(address.split(":", 2)[1])).toList();
    try (NameServer names = new NameServer(ports)) {
      assertTheyMeet("jgroups:dns:" + NameServer.SERVICE + "@" + names.address());
    }
  }

  @Test
  void byMulticast() {
    assertTheyMeet(multicast());
  }

  private String multicast() {
    return "jgroups:multicast:3@239.255.75.84:" + addresses.getFirst().replaceFirst(".*:", "");
  }

  /// Voters are who they are: a new node does not take the place of one that is away, and two of
  /// three go on without it.
  @Test
  void whoWasFoundByMulticastIsRemembered() throws Exception {
    assertTheyMeet(multicast());
    stop();
    String stranger = Ports.free(1).getFirst();
    assertTheyMeet(multicast(), List.of(addresses.get(2), stranger, addresses.getFirst()));
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    try (NameServer names = new NameServer(List.of())) {
      assertRefused("jgroups:dns:_other._tcp.test@" + names.address(), "of _other._tcp.test");
    }
    assertRefused("jgroups:static:host", "HOST:PORT");
    assertRefused("jgroups:static:@" + folder.resolve("none"), "cannot be read");
    assertRefused("jgroups:carrier-pigeon", "jgroups:static:");
    assertRefused("jgroups:multicast:1", "2 to 9 nodes");
    assertRefused("jgroups:multicast:3@10.0.0.1:7", "no multicast address");
    assertRefused("jgroups:multicast:3@239.255.75.84:70000", "out of range");
    assertRefused("jgroups:multicast:many", "jgroups:multicast:N");
    assertRefused("etcd:host:1", "jgroups, local");
    assertRefused("local:here", "nothing behind it");
    assertThat(RegistrarProvider.engineOf("local", setting())).isNotNull();
  }

  private void assertRefused(String description, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegistrarProvider.engineOf(description, setting()))
        .withMessageContaining(words);
  }
}
