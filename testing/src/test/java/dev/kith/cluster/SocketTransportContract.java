package dev.kith.cluster;

import dev.kith.net.LinkTransport;
import dev.kith.testing.TransportContract;
import dev.kith.wire.node.Transport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/// The contract over real sockets.
abstract class SocketTransportContract extends TransportContract {
  private final LinkTransport here;
  private final LinkTransport there;

  SocketTransportContract(LinkTransport here, LinkTransport there) {
    this.here = here;
    this.there = there;
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Override
  protected Transport there() {
    return there;
  }

  @Override
  protected Transport here() {
    return here;
  }

  @Override
  protected String anywhere() {
    return "127.0.0.1:0";
  }

  @Override
  protected void until(String what, BooleanSupplier holds) {
    Member.await(what, holds);
  }
}
