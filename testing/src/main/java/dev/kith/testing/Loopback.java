package dev.kith.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What tests with real sockets need: ports that are free, and waiting with a deadline.
///
/// **Threading.** Any thread.
public final class Loopback {
  /// How long something real may take.
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int FIRST_PORT = 1 << 14;
  private static final int PORTS = 1 << 14;

  /// JVMs that run at the same time look for ports in different places.
  private static final AtomicInteger TRIED =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 64 % PORTS));

  private Loopback() {}

  /// Ports of the loopback address that nobody has at this moment, all different. The system gives
  /// none of them to a connection or to whoever asks for any port, so that they stay free for a
  /// while: they are below those of Linux (from 32768) and of RFC 6335 (from 49152).
  public static List<Integer> freePorts(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (int tries = 0; ports.size() < count; tries++) {
      int port = FIRST_PORT + Math.floorMod(TRIED.getAndIncrement(), PORTS);
      try (ServerSocket _ = occupied(port)) {
        ports.add(port);
      } catch (BindException e) {
        if (tries == PORTS) {
          throw e;
        }
      }
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
