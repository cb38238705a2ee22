package dev.kith.testing;

import dev.kith.wire.node.CertificateFiles;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/// Signs certificates, which are good for a test and a day, and writes them down.
public final class Authority {
  private final Path folder;
  private final X509Bundle own;

  /// One that nobody knows yet.
  ///
  /// @param folder of the files
  public Authority(Path folder, String name) throws Exception {
    this.folder = folder;
    this.own =
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  /// What somebody shows whom this authority vouches for, and who believes this one alone.
  ///
  /// @param name the subject's common name
  /// @param hosts other names of it
  public CertificateFiles of(String name, String... hosts) throws Exception {
    return believing(this, name, hosts);
  }

  /// The same for somebody who believes another.
  public CertificateFiles believing(Authority believed, String name, String... hosts)
      throws Exception {
    CertificateBuilder builder = new CertificateBuilder().subject("CN=" + name + ",O=Kith");
    for (String host : hosts) {
      builder.addSanDnsName(host);
    }
    X509Bundle signed = builder.buildIssuedBy(own);
    return new CertificateFiles(
        Files.writeString(folder.resolve(name + ".crt"), signed.getCertificatePathPEM()),
        Files.writeString(folder.resolve(name + ".key"), signed.getPrivateKeyPEM()),
        Files.writeString(folder.resolve(name + ".ca"), believed.own.getCertificatePEM()));
  }
}
