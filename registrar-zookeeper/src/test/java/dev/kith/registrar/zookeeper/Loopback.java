package dev.kith.registrar.zookeeper;

import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What tests with real servers need: ports that are free, and waiting with a deadline.
final class Loopback {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Loopback() {}

  /// Seats for the servers of an ensemble.
  static List<Seat> seats(int count) throws IOException {
    List<Integer> ports = freePorts(3 * count);
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < ports.size(); i += 3) {
      seats.add(new Seat("127.0.0.1", ports.get(i), ports.get(i + 1), ports.get(i + 2)));
    }
    return seats;
  }

  /// All different.
  static List<Integer> freePorts(int count) throws IOException {
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
  static ServerSocket occupied() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static void until(String what, BooleanSupplier holds) {
    until(what, PATIENCE, holds);
  }

  static void until(String what, Duration within, BooleanSupplier holds) {
    long until = System.nanoTime() + within.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("not within " + within + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
