package dev.kith.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.net.LinkTransport;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.Authority;
import dev.kith.testing.DiscoveryContract;
import dev.kith.testing.LogLines;
import dev.kith.testing.Loopback;
import dev.kith.wire.node.CertificateFiles;
import dev.kith.wire.node.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// B7, D4: three real nodes that join nobody find each other, and a leader, by ZooKeeper.
@Tag("slow")
class DiscoveryTest extends DiscoveryContract {
  private Optional<CertificateFiles> certificates = Optional.empty();

  private static List<String> addresses() throws IOException {
    return Loopback.freePorts(3).stream().map(port -> "127.0.0.1:" + port).toList();
  }

  @Override
  protected Transport transport() {
    return kept(LinkTransport.tcp(1));
  }

  @Override
  protected Optional<CertificateFiles> certificates() {
    return certificates;
  }

  /// One has the server, the others know where that is.
  @Test
  void byAServerInOneOfThem() throws IOException {
    List<String> nodes = addresses();
    String server = "127.0.0.1:" + RegistrarEngine.portBeside(nodes.getFirst());
    assertTheyMeet(
        List.of(
            new Told(nodes.get(0), "zookeeper:embedded"),
            new Told(nodes.get(1), "zookeeper:" + server),
            new Told(nodes.get(2), "zookeeper:" + server)));
  }

  /// Each has one.
  @Test
  void byAServerInEach() throws IOException {
    List<String> nodes = addresses();
    String seats =
        Seats.free(3).stream()
            .map(seat -> "%s:%d:%d".formatted(seat.address(), seat.peers(), seat.election()))
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    assertTheyMeet(
        List.of(
            new Told(nodes.get(0), "zookeeper:embedded:1@" + seats),
            new Told(nodes.get(1), "zookeeper:embedded:2@" + seats),
            new Told(nodes.get(2), "zookeeper:embedded:3@" + seats)));
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void byOneThatIsAskedByTls() throws Exception {
    Authority authority = new Authority(folder, "authority");
    certificates = Optional.of(authority.of("node"));
    int port = Loopback.freePorts(1).getFirst();
    kept(TlsServer.start(folder.resolve("here"), port, authority.of("server", "localhost")));
    assertTheyMeet("zookeeper:tls:localhost:" + port, addresses());
  }

  /// A server whose port another has is tried again.
  @Test
  void aServerWaitsForItsPort() throws IOException {
    List<String> nodes = addresses();
    int port = RegistrarEngine.portBeside(nodes.getFirst());
    try (ServerSocket _ = Loopback.occupied(port);
        LogLines lines = new LogLines("dev.kith.registrar.zookeeper")) {
      Node node = kept(Node.start(NodeSpec.of(NodeName.of("early"))));
      RegistrarEngine engine = engine("zookeeper:embedded");
      kept(engine.open(node, nodes.getFirst()));
      Loopback.until("words", () -> !lines.with("port " + port).isEmpty());
    }
    assertTheyMeet("zookeeper:127.0.0.1:" + port, nodes.subList(1, 3));
  }

  private RegistrarEngine engine(String description) {
    return kept(RegistrarProvider.engineOf(description, setting()));
  }

  /// Without a secret no server is to be reached from elsewhere.
  @Test
  void anOpenServerIsRefused() {
    Node node = kept(Node.start(NodeSpec.of(NodeName.of("open"))));
    RegistrarEngine engine = engine("zookeeper:embedded");
    assertThatIllegalStateException()
        .isThrownBy(() -> engine.open(node, "192.0.2.1:7000"))
        .withMessageContaining("needs a secret");
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    assertRefused("zookeeper:", "zookeeper:HOST:PORT");
    assertRefused("zookeeper:host", "zookeeper:HOST:PORT");
    assertRefused("zookeeper:embedded:2@here:1:2:3", "no server 2");
    assertRefused("zookeeper:embedded:1@here:1", "HOST:CLIENTS:PEERS:ELECTION");
    assertRefused("zookeeper:tls:host:2281", "needs this node's certificates");
  }
}
