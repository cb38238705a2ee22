package dev.kith.registrar.zookeeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/// A real ZooKeeper server in this JVM: alone, or one of an ensemble.
///
/// Listens on the host of its [Seat] and nowhere else. What it has promised to keep is in its
/// folder: closed, or killed with its JVM, it goes on from there when it is started again.
///
/// **An ensemble** decides while more than half of its servers are there and reach each other; its
/// servers start in any order, each in a JVM of its own or some in one. Which servers there are
/// cannot be changed while they run.
///
/// **Threading.** Any thread; starting and closing block. **Failure.** A fault of the server is
/// logged and does not end the JVM. **Limits.** Of what it wrote it keeps the last three snapshots
/// and what came after; what is older is deleted once a day.
public final class EmbeddedZooKeeper implements AutoCloseable {
  /// ZooKeeper's own measure of time: a session is two of them at least, and a follower that lags
  /// by ten is dropped.
  private static final int TICK_MILLIS = 500;

  private static final int TICKS_TO_JOIN = 40;
  private static final int TICKS_TO_LAG = 10;
  private static final int SESSION_MAX_MILLIS = 60_000;
  private static final int HOURS_TO_CLEAN_UP = 24;
  private static final int SNAPSHOTS_MAX = 3;

  private static final int LOOKS_MAX = 200;
  private static final Duration LOOKS_EVERY = Duration.ofMillis(10);

  private static final String SETTINGS = "zookeeper.configuration*";

  private final ZooKeeperServerEmbedded server;

  private EmbeddedZooKeeper(ZooKeeperServerEmbedded server) {
    this.server = server;
  }

  /// Where one server of an ensemble is.
  ///
  /// @param clients the port for clients
  /// @param peers the port for the other servers
  /// @param election the port for electing a leader
  public record Seat(String host, int clients, int peers, int election) {
    /// What clients connect with.
    public String address() {
      return host + ":" + clients;
    }

    private List<Integer> ports(boolean alone) {
      return alone ? List.of(clients) : List.of(clients, peers, election);
    }
  }

  /// Starts one. It is there when this returns; a server alone can be asked at once, one of an
  /// ensemble as soon as there are more than half, for which this does not wait.
  ///
  /// @param folder where it keeps what it knows, and nobody else anything
  /// @param ensemble all servers, in the same order everywhere; one for a server alone
  /// @param own which of them this is, from 0
  /// @param within how long that may take
  /// @throws IOException if it does not start, with words
  public static EmbeddedZooKeeper start(Path folder, List<Seat> ensemble, int own, Duration within)
      throws IOException {
    Seat seat = ensemble.get(own);
    for (int port : seat.ports(ensemble.size() == 1)) {
      look(seat, port);
    }
    Properties settings = settings(folder, ensemble, own);
    forgetSettings(folder);
    try {
      return new EmbeddedZooKeeper(started(folder, settings, within));
    } catch (TimeoutException e) {
      throw new IOException(
          "ZooKeeper does not start at %s within %s; why is in its log"
              .formatted(seat.address(), within),
          e);
    } catch (Exception e) {
      throw new IOException("ZooKeeper does not start at " + seat.address() + ": " + e, e);
    }
  }

  private static ZooKeeperServerEmbedded started(Path folder, Properties settings, Duration within)
      throws Exception {
    ZooKeeperServerEmbedded server =
        ZooKeeperServerEmbedded.builder()
            .baseDir(folder)
            .configuration(settings)
            .exitHandler(ExitHandler.LOG_ONLY)
            .build();
    boolean runs = false;
    try {
      server.start(within.toMillis());
      runs = true;
      return server;
    } finally {
      if (!runs) {
        server.close();
      }
    }
  }

  /// Whether this machine can listen there: ZooKeeper itself would say that in its log only. A
  /// server that was closed lets its ports go in a moment.
  private static void look(Seat seat, int port) throws IOException {
    for (int tries = LOOKS_MAX; ; tries--) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(seat.host, port));
        return;
      } catch (IOException e) {
        if (tries == 0) {
          throw new IOException(
              "ZooKeeper does not start at %s: port %d: %s"
                  .formatted(seat.address(), port, e.getMessage()),
              e);
        }
        LockSupport.parkNanos(LOOKS_EVERY.toNanos());
      }
    }
  }

  /// Each start writes another file with its settings.
  private static void forgetSettings(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, SETTINGS)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static Properties settings(Path folder, List<Seat> ensemble, int own) throws IOException {
    Seat seat = ensemble.get(own);
    Path data = Files.createDirectories(folder.resolve("data"));
    Properties settings = new Properties();
    settings.setProperty("dataDir", data.toString());
    settings.setProperty("clientPort", String.valueOf(seat.clients));
    settings.setProperty("clientPortAddress", seat.host);
    settings.setProperty("tickTime", String.valueOf(TICK_MILLIS));
    settings.setProperty("initLimit", String.valueOf(TICKS_TO_JOIN));
    settings.setProperty("syncLimit", String.valueOf(TICKS_TO_LAG));
    settings.setProperty("maxSessionTimeout", String.valueOf(SESSION_MAX_MILLIS));
    settings.setProperty("autopurge.purgeInterval", String.valueOf(HOURS_TO_CLEAN_UP));
    settings.setProperty("autopurge.snapRetainCount", String.valueOf(SNAPSHOTS_MAX));
    settings.setProperty("admin.enableServer", "false");
    if (ensemble.size() > 1) {
      Files.writeString(data.resolve("myid"), String.valueOf(own + 1));
      for (int i = 0; i < ensemble.size(); i++) {
        Seat one = ensemble.get(i);
        settings.setProperty("server." + (i + 1), one.host + ":" + one.peers + ":" + one.election);
      }
    }
    return settings;
  }

  /// Ends it; it may be started again at once.
  @Override
  public void close() {
    server.close();
  }
}
