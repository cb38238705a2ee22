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
/// - `zookeeper:tls:HOST:PORT,…`: the same, asked by TLS with the certificates of the node's links.
/// - `zookeeper:embedded`: one server in this JVM, [beside][RegistrarEngine#portBeside] the node's
///   links. Other nodes find it as `zookeeper:HOST:PORT`.
/// - `zookeeper:embedded:N@HOST:CLIENTS:PEERS:ELECTION,…`: the N-th server of an ensemble, from 1,
///   in this JVM. The same list at all nodes; `0@…` for those that run none of them.
public final class ZooKeeperProvider implements RegistrarProvider {
  private static final String EMBEDDED = "embedded";
  private static final Pattern ENSEMBLE = Pattern.compile("embedded:(\\d+)@(.+)");
  private static final Pattern SEAT = Pattern.compile("(.+):(\\d+):(\\d+):(\\d+)");
  private static final String HOST = "[^,]+:\\d{1,5}";
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?<tls>tls:(?=" + HOST + "))?(?<hosts>" + HOST + "(," + HOST + ")*)");

  /// For [java.util.ServiceLoader].
  public ZooKeeperProvider() {}

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public RegistrarEngine engine(String words, Setting setting) {
    if (words.equals(EMBEDDED)) {
      return new Engine(setting, 0, address -> List.of(besideLinks(address)));
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
    Matcher elsewhere = ELSEWHERE.matcher(words);
    if (!elsewhere.matches()) {
      throw new IllegalArgumentException(
          "zookeeper:HOST:PORT,…, zookeeper:tls:HOST:PORT,… or zookeeper:embedded, not zookeeper:"
              + words);
    }
    ZooKeeperSpec spec = spec(elsewhere.group("hosts"), setting);
    ZooKeeperSpec asked = elsewhere.group("tls") == null ? spec : withTls(spec, setting);
    return (node, _) -> new ZooKeeperRegistrar(node.clock(), asked);
  }

  private static ZooKeeperSpec withTls(ZooKeeperSpec spec, Setting setting) {
    return spec.withTls(
        setting
            .certificates()
            .orElseThrow(() -> new IllegalArgumentException("TLS needs this node's certificates")));
  }

  private static Seat besideLinks(String link) {
    return new Seat(
        link.substring(0, link.lastIndexOf(':')), RegistrarEngine.portBeside(link), 0, 0);
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
      this.server = new EmbeddedServer(setting.folder());
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
