package dev.kith.registrar.zookeeper;

import dev.kith.cluster.registrar.Registrar;
import dev.kith.process.Clock;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import dev.kith.testing.HolderJvm;
import dev.kith.testing.Loopback;
import dev.kith.testing.RegistrarFaultContract;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// D4: a real ZooKeeper, in this JVM, is a registrar.
@Tag("slow")
class ZooKeeperRegistrarTest extends RegistrarFaultContract {
  private static final Duration SESSION = Duration.ofSeconds(3);

  private final Map<String, Wire> wires = new HashMap<>();
  private Path folder;
  private Node node;
  private Seat seat;
  private EmbeddedZooKeeper server;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    node = Node.start(NodeSpec.of(NodeName.of("clock")));
    seat = Seats.free(1).getFirst();
    server = EmbeddedZooKeeper.start(folder, List.of(seat), 0, Loopback.PATIENCE);
  }

  @AfterEach
  void stop() throws IOException {
    closeAll();
    for (Wire wire : wires.values()) {
      wire.close();
    }
    server.close();
    node.close();
  }

  @Override
  protected Registrar open(String name) {
    try {
      Wire wire = new Wire(new InetSocketAddress(seat.host(), seat.clients()));
      Wire before = wires.put(name, wire);
      if (before != null) {
        before.close();
      }
      Clock clock = node.clock();
      return new ZooKeeperRegistrar(clock, ZooKeeperSpec.of(wire.address()).withSession(SESSION));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Holder holder(String name) throws IOException, InterruptedException {
    String host = seat.host() + ":" + seat.clients();
    return HolderJvm.start(ZooKeeperHolder.class, name, host, String.valueOf(SESSION.toMillis()));
  }

  private Wire wire(String name) {
    return Objects.requireNonNull(wires.get(name));
  }

  @Override
  protected void inflict(Fault fault, String name) {
    switch (fault) {
      case KILL, CUT -> wire(name).cut();
      case STOP_ENGINE -> server.close();
    }
  }

  @Override
  protected void mend(Fault fault, String name) {
    switch (fault) {
      case KILL -> throw new IllegalArgumentException("nobody rises again");
      case CUT -> wire(name).mend();
      case STOP_ENGINE -> {
        try {
          server = EmbeddedZooKeeper.start(folder, List.of(seat), 0, Loopback.PATIENCE);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Override
  protected void until(String what, BooleanSupplier holds) {
    Loopback.until(what, holds);
  }

  @Override
  protected void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
