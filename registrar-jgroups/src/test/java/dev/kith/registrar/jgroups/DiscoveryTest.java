package dev.kith.registrar.jgroups;

import dev.kith.net.LinkTransport;
import dev.kith.testing.DiscoveryContract;
import dev.kith.wire.node.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// B7, D4: three real nodes that join nobody find each other, and a leader, by what they are told
/// of the voters.
@Tag("slow")
class DiscoveryTest extends DiscoveryContract {
  private final List<String> addresses = Ports.free(3);

  @Override
  protected Transport transport() {
    return kept(LinkTransport.tcp(1));
  }

  @Test
  void byAList() {
    assertTheyMeet("jgroups:static:" + String.join(",", addresses), addresses);
  }

  @Test
  void byAFile() throws IOException {
    Path file = folder.resolve("nodes");
    Files.writeString(file, "# those that vote\n\n" + String.join("\n", addresses) + "\n");
    assertTheyMeet("jgroups:static:@" + file, addresses);
  }

  @Test
  void byTheNameService() {
    List<Integer> ports =
        addresses.stream().map(address -> Integer.valueOf(address.split(":", 2)[1])).toList();
    try (NameServer names = new NameServer(ports)) {
      assertTheyMeet("jgroups:dns:" + NameServer.SERVICE + "@" + names.address(), addresses);
    }
  }

  @Test
  void byMulticast() {
    assertTheyMeet(multicast(), addresses);
  }

  private String multicast() {
    return "jgroups:multicast:3@239.255.75.84:" + addresses.getFirst().replaceFirst(".*:", "");
  }

  /// Voters are who they are: a new node does not take the place of one that is away, and two of
  /// three go on without it.
  @Test
  void whoWasFoundByMulticastIsRemembered() throws Exception {
    assertTheyMeet(multicast(), addresses);
    stop();
    String stranger = Ports.free(1).getFirst();
    assertTheyMeet(multicast(), List.of(addresses.get(2), stranger, addresses.getFirst()));
  }

  @Test
  void whatMakesNoSenseIsSaid() throws Exception {
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
  }
}
