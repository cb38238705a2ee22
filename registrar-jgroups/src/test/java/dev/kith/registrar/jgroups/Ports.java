package dev.kith.registrar.jgroups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Link addresses of this machine whose registrar ports nobody has.
final class Ports {
  private static final int ABOVE = 1_000;

  private Ports() {}

  static List<String> free(int count) {
    List<ServerSocket> open = new ArrayList<>();
    List<String> found = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        found.add("127.0.0.1:" + (socket.getLocalPort() - ABOVE));
      }
      for (ServerSocket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
