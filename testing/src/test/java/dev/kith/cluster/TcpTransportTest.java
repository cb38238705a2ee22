package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.net.LinkTransport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// B3: TCP is a transport.
class TcpTransportTest extends SocketTransportContract {
  TcpTransportTest() {
    super(LinkTransport.tcp(1), LinkTransport.tcp(1));
  }

  /// B12: what a name means today it may not mean tomorrow.
  @Test
  void knowsWhatIsOfThisMachineWithoutAsking() {
    assertThat(List.of("127.0.0.1:7", "127.9.9.9:7", "[::1]:7", "localhost:7", "LocalHost:7"))
        .allMatch(here()::isLoopback);
    assertThat(List.of("192.0.2.1:7", "[2001:db8::1]:7", "a.name:7", "0.0.0.0:7", "nonsense"))
        .noneMatch(here()::isLoopback);
    assertThat(List.of("0.0.0.0:7", "[::]:7")).allMatch(here()::isWildcard);
    assertThat(List.of("127.0.0.1:7", "a.name:7", "nonsense")).noneMatch(here()::isWildcard);
  }
}
