package dev.kith.registrar.zookeeper;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/// Signs certificates, and writes them down.
final class Authority {
  private final Path folder;
  private final X509Bundle own;

  Authority(Path folder, String name) throws Exception {
    this.folder = folder;
    this.own =
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  /// What somebody on this machine shows that this authority vouches for, and whom it believes.
  ZooKeeperSpec.Tls of(String name, Authority believed) throws Exception {
    return of(name, "localhost", believed);
  }

  /// As above, for somebody on another.
  ZooKeeperSpec.Tls of(String name, String host, Authority believed) throws Exception {
    X509Bundle signed =
        new CertificateBuilder().subject("CN=" + name).addSanDnsName(host).buildIssuedBy(own);
    return new ZooKeeperSpec.Tls(
        Files.writeString(folder.resolve(name + ".crt"), signed.getCertificatePathPEM()),
        Files.writeString(folder.resolve(name + ".key"), signed.getPrivateKeyPEM()),
        Files.writeString(folder.resolve(name + ".ca"), believed.own.getCertificatePEM()));
  }
}
