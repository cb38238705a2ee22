package dev.kith.registrar.zookeeper;

import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.process.Node;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `zookeeper`: ZooKeeper, elsewhere or in these JVMs.
///
/// - `zookeeper:HOST:PORT,…`: an ensemble that runs elsewhere.
/// - `zookeeper:embedded`: one server in this JVM, 1,000 ports above the node's link port and on
///   the same host. Other nodes find it as `zookeeper:HOST:PORT`.
/// - `zookeeper:embedded:N@HOST:CLIENTS:PEERS:ELECTION,…`: the N-th server of an ensemble, from 1,
///   in this JVM. The same list at all nodes; `0@…` for those that run none of them.
public final class ZooKeeperProvider implements RegistrarProvider {
  private static final String EMBEDDED = "embedded";
  private static final Pattern ENSEMBLE = Pattern.compile("embedded:(\\d+)@(.+)");
  private static final Pattern SEAT = Pattern.compile("(.+):(\\d+):(\\d+):(\\d+)");
  private static final int PORTS_ABOVE = 1_000;
  private static final int PORT_MAX = 65_535;

  /// For [java.util.ServiceLoader].
  public ZooKeeperProvider() {}

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public RegistrarEngine engine(String words, Setting setting) {
    if (words.equals(EMBEDDED)) {
      return new Engine(setting, 0, address -> List.of(aboveLinks(address)));
    }
    Matcher ensemble = ENSEMBLE.matcher(words);
    if (ensemble.matches()) {
      List<Seat> seats = Arrays.stream(ensemble.group(2).split(",")).map(this::seat).toList();
      int own = Integer.parseInt(ensemble.group(1)) - 1;
      if (own >= seats.size()) {
        throw new IllegalArgumentException("there is no server " + (own + 1) + " in " + words);
      }
      return new Engine(setting, own, _ -> seats);
    }
    if (!words.matches("[^,]+:\\d{1,5}(,[^,]+:\\d{1,5})*")) {
      throw new IllegalArgumentException(
          "zookeeper:HOST:PORT,… or zookeeper:embedded, not zookeeper:" + words);
    }
    ZooKeeperSpec spec = spec(words, setting);
    return (node, _) -> new ZooKeeperRegistrar(node.clock(), spec);
  }

  private static Seat aboveLinks(String link) {
    int colon = link.lastIndexOf(':');
    int port = Integer.parseInt(link.substring(colon + 1));
    return new Seat(
        link.substring(0, colon),
        port + PORTS_ABOVE <= PORT_MAX ? port + PORTS_ABOVE : port - PORTS_ABOVE,
        0,
        0);
  }

  private Seat seat(String words) {
    Matcher seat = SEAT.matcher(words);
    if (!seat.matches()) {
      throw new IllegalArgumentException("HOST:CLIENTS:PEERS:ELECTION, not " + words);
    }
    return new Seat(seat.group(1), port(seat, 2), port(seat, 3), port(seat, 4));
  }

  private static int port(MatchResult seat, int group) {
    return Integer.parseInt(seat.group(group));
  }

  private static ZooKeeperSpec spec(String hosts, Setting setting) {
    return ZooKeeperSpec.of(hosts)
        .withSecret(
            setting.secret().isNone()
                ? ""
                : HexFormat.of().formatHex(setting.secret().derived("zookeeper")));
  }

  /// A server in this JVM, if it has a seat, and registrars that know all seats.
  private static final class Engine implements RegistrarEngine {
    private final Setting setting;
    private final int own;
    private final Function<String, List<Seat>> seats;
    private final EmbeddedServer server;

    Engine(Setting setting, int own, Function<String, List<Seat>> seats) {
      this.setting = setting;
      this.own = own;
      this.seats = seats;
      this.server = new EmbeddedServer(setting.folder().resolve("zookeeper"));
    }

    @Override
    public Registrar open(Node node, String address) {
      List<Seat> all = seats.apply(address);
      if (own >= 0) {
        server.start(all, own, setting.secret());
      }
      String hosts = all.stream().map(Seat::address).collect(Collectors.joining(","));
      return new ZooKeeperRegistrar(node.clock(), spec(hosts, setting));
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
