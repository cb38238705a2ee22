package dev.kith.cluster;

import dev.kith.net.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/// An authority that signs certificates.
final class Certificates {
  private final Path folder;
  private final X509Bundle authority;

  Certificates(Path folder, String name) throws Exception {
    this.folder = folder;
    this.authority =
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  /// What a node shows that this authority vouches for, and whom it believes.
  Tls of(String node, Certificates believed) throws Exception {
    return of(node, believed, Tls.Engine.fastest());
  }

  /// As the first, with a certificate that has these names: the subject's, and other hosts.
  Tls named(String subject, String... hosts) throws Exception {
    return written(subject, builder(subject, hosts), this, Tls.Engine.fastest());
  }

  private static CertificateBuilder builder(String subject, String... hosts) {
    CertificateBuilder builder = new CertificateBuilder().subject("CN=" + subject + ",O=Kith");
    for (String host : hosts) {
      builder.addSanDnsName(host);
    }
    return builder;
  }

  /// As above, with a certain engine.
  Tls of(String node, Certificates believed, Tls.Engine engine) throws Exception {
    return written(node, builder(node), believed, engine);
  }

  private Tls written(
      String node, CertificateBuilder builder, Certificates believed, Tls.Engine engine)
      throws Exception {
    X509Bundle own = builder.buildIssuedBy(authority);
    Path chain = Files.writeString(folder.resolve(node + ".crt"), own.getCertificatePathPEM());
    Path key = Files.writeString(folder.resolve(node + ".key"), own.getPrivateKeyPEM());
    Path trusted =
        Files.writeString(folder.resolve(node + ".ca"), believed.authority.getCertificatePEM());
    return Tls.of(chain, key, trusted, engine);
  }
}
