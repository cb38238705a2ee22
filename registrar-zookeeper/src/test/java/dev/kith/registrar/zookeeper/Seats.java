package dev.kith.registrar.zookeeper;

import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import dev.kith.testing.Loopback;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Seats for the servers of an ensemble on this machine.
final class Seats {
  private static final int PORTS = 3;

  private Seats() {}

  static List<Seat> free(int count) throws IOException {
    List<Integer> ports = Loopback.freePorts(PORTS * count);
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < ports.size(); i += PORTS) {
      seats.add(new Seat("127.0.0.1", ports.get(i), ports.get(i + 1), ports.get(i + 2)));
    }
    return seats;
  }
}
