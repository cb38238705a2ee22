package dev.kith.cluster;

import dev.kith.net.LinkTransport;

/// B3: TCP is a transport.
class TcpTransportTest extends SocketTransportContract {
  TcpTransportTest() {
    super(LinkTransport.tcp(1), LinkTransport.tcp(1));
  }
}
