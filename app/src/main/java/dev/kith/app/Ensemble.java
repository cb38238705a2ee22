package dev.kith.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The ZooKeeper servers of several nodes of this machine: the first three nodes run one each, so
/// any one of them may be lost; of fewer nodes, the first runs the only one, and who leads cannot
/// be decided while that is away. They listen on the loopback address.
///
/// @param seats `host:clients:peers:election` of each
record Ensemble(List<String> seats) {
  private static final int SIZE = 3;
  private static final int PORTS = 3;

  Ensemble {
    seats = List.copyOf(seats);
  }

  /// For so many nodes, at ports that nobody has at this moment.
  static Ensemble of(int nodes) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    List<String> seats = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      for (int i = 0; i < (nodes < SIZE ? 1 : SIZE); i++) {
        StringBuilder seat = new StringBuilder(loopback.getHostAddress());
        for (int port = 0; port < PORTS; port++) {
          ServerSocket socket = new ServerSocket(0, 1, loopback);
          open.add(socket);
          seat.append(':').append(socket.getLocalPort());
        }
        seats.add(seat.toString());
      }
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
    return new Ensemble(seats);
  }

  /// What a node without a server is told of it.
  String description() {
    return "zookeeper:"
        + seats.stream()
            .map(seat -> seat.replaceFirst(":\\d+:\\d+$", ""))
            .collect(Collectors.joining(","));
  }

  /// What one of these nodes is told of it.
  ///
  /// @param node which node, from 0
  String words(int node) {
    int server = node < seats.size() ? node + 1 : 0;
    return "zookeeper:embedded:" + server + "@" + String.join(",", seats);
  }
}
