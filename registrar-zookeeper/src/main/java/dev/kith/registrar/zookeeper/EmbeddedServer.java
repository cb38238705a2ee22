package dev.kith.registrar.zookeeper;

import dev.kith.cluster.Secret;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server that is started while nobody waits, once.
///
/// **Threading.** Any thread; it starts on one of its own, and is ended there if it was closed
/// meanwhile.
final class EmbeddedServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedServer.class.getName());
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final Path folder;
  private @Nullable Thread starting;
  private @Nullable EmbeddedZooKeeper server;
  private boolean closed;

  EmbeddedServer(Path folder) {
    this.folder = folder;
  }

  /// Starts it, but where others could reach it who know no secret.
  synchronized void start(List<Seat> ensemble, int own, Secret secret) {
    String host = ensemble.get(own).host();
    if (secret.isNone() && !isLoopback(host)) {
      LOG.log(
          System.Logger.Level.ERROR,
          "no ZooKeeper server at " + host + ": beyond this machine it needs a cluster secret");
      return;
    }
    if (starting == null && !closed) {
      starting =
          Thread.ofPlatform().daemon().name("kith-zookeeper").start(() -> run(ensemble, own));
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
    try {
      started(EmbeddedZooKeeper.start(folder, ensemble, own, WITHIN));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
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
