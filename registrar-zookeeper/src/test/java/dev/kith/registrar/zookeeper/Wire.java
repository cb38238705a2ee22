package dev.kith.registrar.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire between a client and a server that can be cut: what was said before the cut is lost, and
/// nobody is told.
final class Wire implements AutoCloseable {
  private final ServerSocket door;
  private final InetSocketAddress to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Wire(InetSocketAddress to) throws IOException {
    this.to = to;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        connect(client);
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(to.getAddress(), to.getPort());
      sockets.add(client);
      sockets.add(server);
      Thread.ofVirtual().start(() -> pump(client, server));
      Thread.ofVirtual().start(() -> pump(server, client));
    } catch (IOException _) {
      client.close(); // nobody is there
    }
  }

  private void pump(Socket from, Socket into) {
    byte[] buffer = new byte[8_192];
    try (from;
        into) {
      for (int count = from.getInputStream().read(buffer);
          count >= 0;
          count = from.getInputStream().read(buffer)) {
        if (!cut) {
          into.getOutputStream().write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // the other side has ended
    }
    sockets.remove(from);
    sockets.remove(into);
  }

  void cut() {
    cut = true;
  }

  /// Whoever is connected is not any more, since something was lost; new ones are.
  void mend() {
    cut = false;
    closeAll();
  }

  private void closeAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // it is closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    closeAll();
  }
}
