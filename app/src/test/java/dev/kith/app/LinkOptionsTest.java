package dev.kith.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.cluster.LinkEvent;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.wire.node.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// NOD-1: where a node says that others reach it.
class LinkOptionsTest {
  private final Node node = Node.start(NodeName.of("a"));

  @AfterEach
  void close() {
    node.close();
  }

  private String addressWith(String... words) throws Refusal {
    try (LinkedNode linked = options(words).link(node, 0, Types.of())) {
      return linked.cluster().address();
    }
  }

  /// With the only registrar that is no module of its own.
  private static LinkOptions options(String... words) {
    List<String> all = new ArrayList<>(List.of("--registrar", "local"));
    all.addAll(List.of(words));
    return said(all.toArray(String[]::new));
  }

  private static LinkOptions said(String... words) {
    return CommandLine.populateCommand(new LinkOptions(), words);
  }

  private String refusalOf(String... words) {
    return catchThrowableOfType(Refusal.class, () -> addressWith(words)).why();
  }

  @Test
  void aHostAloneIsToldWithThePortThatWasFound() throws Refusal {
    assertThat(addressWith("--link-advertise", "outside.example"))
        .matches("outside\\.example:[1-9]\\d*");
  }

  @Test
  void aHostWithAPortIsToldAsItIs() throws Refusal {
    assertThat(addressWith("--link-advertise", "[2001:db8::1]:7000"))
        .isEqualTo("[2001:db8::1]:7000");
  }

  @Test
  void everyAddressIsNotToldToOthers(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "known to all of us here");
    assertThat(refusalOf("--link-host", "0.0.0.0", "--secret-file", secret.toString()))
        .contains("0.0.0.0:0 is every address", "--link-advertise");
  }

  @Test
  void whatIsNoHostIsRefused() {
    assertThat(refusalOf("--link-advertise", "2001:db8::1"))
        .isEqualTo("--link-advertise is HOST or HOST:PORT, not 2001:db8::1");
  }

  @Test
  void nodesOfOneProgramAreToldItToo() throws Refusal {
    LinkOptions options = options("--link-advertise", "outside");
    assertThat(options.words("one")).contains("--link-advertise", "outside");
    assertThat(options.host()).isEqualTo("outside");
    assertThat(options.namesPort()).isFalse();
    assertThat(options("--link-advertise", "outside:7000").namesPort()).isTrue();
  }

  /// Servers embedded in several nodes are one ensemble, and what each keeps is apart.
  @Test
  void nodesOfOneProgramHaveOneEnsembleAndAFolderEach() throws Refusal {
    LinkOptions embedded = said("--registrar", "zookeeper:embedded", "--data", "here");
    assertThat(embedded.wantsEnsemble()).isTrue();
    assertThat(embedded.words("one"))
        .containsSequence("--data", Path.of("here", "one").toString())
        .doesNotContain("--registrar");
    assertThat(said().wantsEnsemble()).isTrue();
    assertThat(said("--join", "a:1").wantsEnsemble()).isFalse();
    LinkOptions chosen = said("--registrar", "jgroups:multicast");
    assertThat(chosen.wantsEnsemble()).isFalse();
    assertThat(chosen.words("one")).containsSequence("--registrar", "jgroups:multicast");
  }

  @Test
  void whatIsNoRegistrarIsRefused() {
    LinkOptions options = said("--registrar", "etcd:a:1");
    assertThat(catchThrowableOfType(Refusal.class, () -> options.link(node, 0, Types.of())).why())
        .isEqualTo("--registrar etcd:a:1: no registrar is called 'etcd'; there are local");
  }

  /// What a node keeps is found again if the node comes back, and is gone if it cannot.
  @Test
  void whatIsKeptIsWhereItWasSaidOrGone(@TempDir Path folder) throws Refusal {
    Path named = folder.resolve("named");
    try (DataFolder data = DataFolder.of(named, false)) {
      assertThat(data.path()).isEqualTo(named.toAbsolutePath()).isDirectory();
    }
    assertThat(named).isDirectory();
    Path temporary;
    try (DataFolder data = DataFolder.of(null, false)) {
      temporary = data.path();
      assertThat(temporary).isDirectory();
    }
    assertThat(temporary).doesNotExist();
  }

  /// B12: who is not named does not connect.
  @Test
  void namesOfNodesThatMayConnect() throws Exception {
    assertThat(options("--allow", "a,chat-*").words("one")).contains("--allow", "a,chat-*");
    assertThat(refusalOf("--allow", "a,,b")).startsWith("--allow: names of nodes");
    LinkedBlockingQueue<LinkEvent.Refused> refused = new LinkedBlockingQueue<>();
    node.events().add(LinkEvent.Refused.class, refused::add);
    try (LinkedNode linked = options("--allow", "c,d").link(node, 0, Types.of());
        LinkedNode _ =
            options("--join", linked.cluster().address())
                .link(Node.start(NodeName.of("b")), 0, Types.of())) {
      LinkEvent.Refused first = refused.poll(20, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.name()).contains(NodeName.of("b"));
    }
  }
}
