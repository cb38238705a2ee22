package dev.kith.bench.remote.kith;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/// A certificate that both sides show and believe.
final class Certificates {
  private Certificates() {}

  /// The folder with `node.pem` and `node.key`.
  static Path make() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=node")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Path folder = Files.createTempDirectory("kith-bench-certificates");
    Files.writeString(folder.resolve("node.pem"), bundle.getCertificatePEM());
    Files.writeString(folder.resolve("node.key"), bundle.getPrivateKeyPEM());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    for (String name : new String[] {"node.pem", "node.key", ""}) {
      folder.resolve(name).toFile().delete();
    }
  }
}
