package dev.kith.cluster;

import dev.kith.net.LinkTransport;
import dev.kith.net.Tls;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// B3, B12: TLS with certificates on both sides is a transport.
class TlsTransportTest extends SocketTransportContract {
  private static @TempDir Path folder;
  private static Tls certificates;

  TlsTransportTest() throws Exception {
    super(LinkTransport.tls(1, certificates()), LinkTransport.tls(1, certificates()));
  }

  private static synchronized Tls certificates() throws Exception {
    if (certificates == null) {
      Certificates authority = new Certificates(folder, "authority");
      certificates = authority.of("node", authority);
    }
    return certificates;
  }
}
