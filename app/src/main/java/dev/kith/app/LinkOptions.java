package dev.kith.app;

import dev.kith.cluster.Access;
import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.net.LinkTransport;
import dev.kith.net.Tls;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.wire.node.CertificateFiles;
import dev.kith.wire.node.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a node that is one of many.
final class LinkOptions {
  private static final int LOOPS = 2;
  private static final String STANDARD_REGISTRAR = "jgroups";
  private static final String EMBEDDED = "zookeeper:embedded";
  private static final Pattern REACHED = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+)(:\\d{1,5})?");

  @Option(
      names = "--link-host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "the address to listen on for other nodes (${DEFAULT-VALUE})")
  private String host = "";

  @Option(
      names = "--link-advertise",
      paramLabel = "HOST[:PORT]",
      description =
          "where other nodes reach this one, if not at the address and port that it listens on")
  private String advertise = "";

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "link ports of nodes to meet. One is enough to meet all; those who are members by jgroups"
              + " are so with the same list at all nodes")
  private List<String> join = new ArrayList<>();

  @Option(
      names = "--allow",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "*",
      description = "names of nodes that may connect; * in one is anything (all)")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--secret-file",
      paramLabel = "F",
      description = "a file with what all nodes of the cluster know, 16 bytes or more")
  private @Nullable Path secretFile;

  @Option(
      names = "--tls-cert",
      paramLabel = "F",
      description = "this node's certificate, and those that it was signed with (PEM)")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "F", description = "its private key (PEM, PKCS#8)")
  private @Nullable Path key;

  @Option(
      names = "--tls-ca",
      paramLabel = "F",
      description = "the authorities that other nodes' certificates are signed by (PEM)")
  private @Nullable Path authorities;

  @Option(
      names = "--registrar",
      paramLabel = "R",
      description = {
        "who says who is a member and who leads: local (nobody else is), jgroups (those that --join"
            + " names vote), jgroups:static:HOST:PORT,... or jgroups:static:@FILE (those vote),"
            + " jgroups:dns:NAME, jgroups:multicast:N (the first N of the local network),"
            + " zookeeper:HOST:PORT,..., zookeeper:tls:HOST:PORT,... (with this node's"
            + " certificates), zookeeper:embedded (a server in this node) (jgroups)"
      })
  private @Nullable String registrar;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where this node keeps what must outlive it (a folder of the user's; one that ends with"
              + " the node if it listens on any port)")
  private @Nullable Path data;

  @Option(
      names = "--claim",
      paramLabel = "NAME",
      description =
          "stands in line for this exclusive name of the cluster, and says on standard output when"
              + " this node has it and when no more")
  private @Nullable String claim;

  /// Whether any of them was given.
  boolean areGiven() {
    return claim != null
        || !join.isEmpty()
        || !advertise.isEmpty()
        || secretFile != null
        || registrar != null
        || isTls();
  }

  /// Whether several nodes are to have an ensemble of their own: that is what an embedded server is
  /// for them, and what they have if they join nobody and nothing else was said.
  boolean wantsEnsemble() {
    return registrar == null ? join.isEmpty() : registrar.equals(EMBEDDED);
  }

  private boolean isTls() {
    return certificate != null || key != null || authorities != null;
  }

  /// The host that others reach this node at.
  String host() throws Refusal {
    return advertise.isEmpty() ? host : reached().group(1);
  }

  /// Whether others are told a port of their own.
  boolean namesPort() throws Refusal {
    return !advertise.isEmpty() && reached().group(2) != null;
  }

  private MatchResult reached() throws Refusal {
    Matcher reached = REACHED.matcher(advertise);
    if (!reached.matches()) {
      throw new Refusal("--link-advertise is HOST or HOST:PORT, not " + advertise);
    }
    return reached;
  }

  /// Where others reach this node, with port 0 for the one that it listens on.
  private String advertised() throws Refusal {
    return advertise.isEmpty() || namesPort() ? advertise : advertise + ":0";
  }

  /// These options for one of several nodes, as words of a command line: all but those that say
  /// whom to join, and a folder of its own in that of all.
  List<String> words(String node) {
    List<String> words = new ArrayList<>(List.of("--link-host", host));
    if (!advertise.isEmpty()) {
      words.addAll(List.of("--link-advertise", advertise));
    }
    if (registrar != null && !wantsEnsemble()) {
      words.addAll(List.of("--registrar", registrar));
    }
    if (data != null) {
      words.addAll(List.of("--data", data.resolve(node).toString()));
    }
    if (claim != null) {
      words.addAll(List.of("--claim", claim));
    }
    if (!allow.isEmpty()) {
      words.addAll(List.of("--allow", String.join(",", allow)));
    }
    add(words, "--secret-file", secretFile);
    add(words, "--tls-cert", certificate);
    add(words, "--tls-key", key);
    add(words, "--tls-ca", authorities);
    return words;
  }

  private static void add(List<String> words, String name, @Nullable Path file) {
    if (file != null) {
      words.addAll(List.of(name, file.toString()));
    }
  }

  /// Whom to join, as one word of a command line.
  String joined() {
    return String.join(",", join);
  }

  /// Makes a node one of many.
  ///
  /// @param port where it listens; 0 is any
  LinkedNode link(Node node, int port, Types types) throws Refusal {
    if (port < 0 || port > 65_535) {
      throw new Refusal("a link port is a number from 0 to 65535, not " + port);
    }
    for (String address : join) {
      if (!address.matches(".+:\\d{1,5}")) {
        throw new Refusal("--join is HOST:PORT, not " + address);
      }
    }
    ClusterSpec spec =
        ClusterSpec.listening(host + ":" + port, types)
            .withAdvertised(advertised())
            .withJoin(join)
            .withSecret(secret())
            .withAccess(access());
    LinkTransport transport = transport();
    DataFolder folder = DataFolder.of(data, port != 0);
    RegistrarEngine engine = engine(folder, transport);
    return switch (Cluster.start(node, transport, spec.withRegistrar(engine))) {
      case Cluster.Start.Joined(Cluster cluster) -> {
        claimIn(node, cluster);
        yield new LinkedNode(node, cluster, transport, engine, folder);
      }
      case Cluster.Start.NotPossible(String why) -> {
        transport.close();
        node.close();
        engine.close();
        folder.close();
        throw new Refusal(why);
      }
    };
  }

  private Access access() throws Refusal {
    try {
      return Access.everybody().withNodes(allow);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal("--allow: " + wrong.getMessage());
    }
  }

  private void claimIn(Node node, Cluster cluster) {
    if (claim != null) {
      String name = claim;
      ProcessRef<Claimant.Event> _ =
          node.spawn(
              Claimant.Event.class, () -> new Claimant(name, cluster.exclusiveNames(), System.out));
    }
  }

  private RegistrarEngine engine(DataFolder folder, LinkTransport transport) throws Refusal {
    EngineLogs.quieten();
    String description = registrar == null ? STANDARD_REGISTRAR : registrar;
    RegistrarProvider.Setting setting =
        new RegistrarProvider.Setting(join, folder.path(), secret(), certificates());
    try {
      return RegistrarProvider.engineOf(description, setting);
    } catch (IllegalArgumentException wrong) {
      transport.close();
      folder.close();
      throw new Refusal("--registrar " + description + ": " + wrong.getMessage());
    }
  }

  private Secret secret() throws Refusal {
    if (secretFile == null) {
      return Secret.none();
    }
    try {
      return Secret.of(Files.readString(secretFile));
    } catch (IOException unreadable) {
      throw new Refusal("--secret-file " + secretFile + " cannot be read: " + unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal("--secret-file " + secretFile + ": " + wrong.getMessage());
    }
  }

  private Optional<CertificateFiles> certificates() throws Refusal {
    if (!isTls()) {
      return Optional.empty();
    }
    if (certificate == null || key == null || authorities == null) {
      throw new Refusal("TLS needs all of --tls-cert, --tls-key and --tls-ca");
    }
    return Optional.of(new CertificateFiles(certificate, key, authorities));
  }

  private LinkTransport transport() throws Refusal {
    Optional<CertificateFiles> files = certificates();
    try {
      return files.isPresent()
          ? LinkTransport.tls(LOOPS, Tls.of(files.get()))
          : LinkTransport.tcp(LOOPS);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(String.valueOf(wrong.getMessage()));
    }
  }
}
