package dev.kith.registrar.zookeeper;

import dev.kith.cluster.Secret;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A server that is started while nobody waits, once.
///
/// **Threading.** Any thread; it starts on one of its own, and is ended there if it was closed
/// meanwhile. **Failure.** As long as it does not start it is tried again; why is logged.
final class EmbeddedServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedServer.class.getName());
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Path folder;
  private boolean begun;
  private volatile boolean closed;
  private @Nullable EmbeddedZooKeeper server;

  /// @param folder each server has another one in it
  EmbeddedServer(Path folder) {
    this.folder = folder;
  }

  /// Starts it.
  ///
  /// @throws IllegalStateException where others could reach it who know no secret
  synchronized void start(List<Seat> ensemble, int own, Secret secret) {
    Seat seat = ensemble.get(own);
    if (secret.isNone() && !isLoopback(seat.host())) {
      throw new IllegalStateException(
          "no ZooKeeper server at " + seat.host() + ": beyond this machine it needs a secret");
    }
    if (!begun && !closed) {
      begun = true;
      var _ = Thread.ofPlatform().daemon().name("kith-zookeeper").start(() -> run(ensemble, own));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private void run(List<Seat> ensemble, int own) {
    String name = "zookeeper-" + ensemble.get(own).address().replaceAll("[^\\w.-]", "_");
    String complaint = "";
    while (!closed) {
      try {
        started(EmbeddedZooKeeper.start(folder.resolve(name), ensemble, own, WITHIN));
        return;
      } catch (IOException e) {
        if (!complaint.equals(e.getMessage())) {
          complaint = String.valueOf(e.getMessage());
          LOG.log(System.Logger.Level.ERROR, complaint);
        }
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private void started(EmbeddedZooKeeper fresh) {
    boolean late;
    synchronized (this) {
      late = closed;
      server = fresh;
    }
    if (late) {
      fresh.close();
    }
  }

  @Override
  public void close() {
    EmbeddedZooKeeper running;
    synchronized (this) {
      closed = true;
      running = server;
    }
    if (running != null) {
      running.close();
    }
  }
}
