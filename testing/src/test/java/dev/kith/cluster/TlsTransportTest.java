package dev.kith.cluster;

import dev.kith.net.LinkTransport;
import dev.kith.net.Tls;
import dev.kith.net.Tls.Engine;
import dev.kith.testing.Authority;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/// B3, B12: TLS with certificates on both sides is a transport, whatever engine each side has.
@ParameterizedClass
@CsvSource({"BORINGSSL, BORINGSSL", "BORINGSSL, JDK", "JDK, JDK"})
class TlsTransportTest extends SocketTransportContract {
  private static final Map<Engine, Tls> CERTIFICATES = new EnumMap<>(Engine.class);

  TlsTransportTest(Engine here, Engine there) {
    super(
        LinkTransport.tls(1, CERTIFICATES.get(here)),
        LinkTransport.tls(1, CERTIFICATES.get(there)));
  }

  @BeforeAll
  static void sign(@TempDir Path folder) throws Exception {
    Authority authority = new Authority(folder, "authority");
    for (Engine engine : Engine.values()) {
      CERTIFICATES.put(engine, Tls.of(authority.of(engine.name()), engine));
    }
  }
}
