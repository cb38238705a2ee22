package dev.kith.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What tests with real sockets need: ports that are free, and waiting with a deadline.
///
/// **Threading.** Any thread.
public final class Loopback {
  /// How long something real may take.
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private Loopback() {}

  /// Ports of the loopback address that nobody has at this moment, all different.
  public static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(occupied());
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  /// A port that is not free until this is closed.
  public static ServerSocket occupied() throws IOException {
    return occupied(0);
  }

  /// This port is not free until this is closed.
  public static ServerSocket occupied(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  /// Waits until this holds, and fails if it does not in good time.
  public static void until(String what, BooleanSupplier holds) {
    until(what, PATIENCE, holds);
  }

  /// Waits until this holds, and fails if it does not in this time.
  public static void until(String what, Duration within, BooleanSupplier holds) {
    long until = System.nanoTime() + within.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("not within " + within + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
