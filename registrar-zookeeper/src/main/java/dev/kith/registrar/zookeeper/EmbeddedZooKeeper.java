package dev.kith.registrar.zookeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/// A real ZooKeeper server in this JVM: alone, or one of an ensemble.
///
/// Listens on the hosts that its members name and nowhere else. **Threading.** Any thread; starting
/// and closing block. **Failure.** A fault of the server is logged and does not end the JVM.
public final class EmbeddedZooKeeper implements AutoCloseable {
  /// ZooKeeper's own measure of time: sessions are 2 to 20 of them, a follower that lags by ten is
  /// dropped.
  private static final int TICK_MILLIS = 500;

  private static final int TICKS_TO_JOIN = 40;
  private static final int TICKS_TO_LAG = 10;
  private static final int SESSION_MAX_MILLIS = 60_000;

  private final ZooKeeperServerEmbedded server;
  private final Seat seat;

  private EmbeddedZooKeeper(ZooKeeperServerEmbedded server, Seat seat) {
    this.server = server;
    this.seat = seat;
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
  }

  /// Starts one.
  ///
  /// @param folder where it keeps what it knows
  /// @param ensemble all servers, in the same order everywhere; one for a server alone
  /// @param own which of them this is, from 0
  /// @param within how long that may take; servers of an ensemble wait for a majority later
  /// @throws IOException if it does not start, with words
  public static EmbeddedZooKeeper start(Path folder, List<Seat> ensemble, int own, Duration within)
      throws IOException {
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
    settings.setProperty("admin.enableServer", "false");
    if (ensemble.size() > 1) {
      Files.writeString(data.resolve("myid"), String.valueOf(own + 1));
      for (int i = 0; i < ensemble.size(); i++) {
        Seat one = ensemble.get(i);
        settings.setProperty("server." + (i + 1), one.host + ":" + one.peers + ":" + one.election);
      }
    }
    try {
      ZooKeeperServerEmbedded server =
          ZooKeeperServerEmbedded.builder()
              .baseDir(folder)
              .configuration(settings)
              .exitHandler(ExitHandler.LOG_ONLY)
              .build();
      server.start(within.toMillis());
      return new EmbeddedZooKeeper(server, seat);
    } catch (Exception e) {
      throw new IOException("ZooKeeper does not start at " + seat.address() + ": " + e, e);
    }
  }

  /// What clients connect with.
  public String address() {
    return seat.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
