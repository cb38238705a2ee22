package dev.kith.registrar.zookeeper;

import dev.kith.wire.node.CertificateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.common.X509Exception;

/*
 * ZooKeeper's client takes TLS from files only, the certificate and its key from one. It reads them anew for each
 * session, so they must stay for as long as the client lives.
 *
 * It would take all of this from system properties too, where it would be for all clients of the JVM.
 */
/// The files of [CertificateFiles], as ZooKeeper's client wants them.
///
/// **Threading.** Any thread.
final class TlsFiles implements AutoCloseable {
  private final Path own;
  private final boolean copied;
  private final ZKClientConfig config = new ZKClientConfig();

  /// Reads them all.
  ///
  /// @throws IllegalArgumentException if one of them cannot be read, with the words of what is
  ///   wrong
  TlsFiles(CertificateFiles files) {
    copied = !files.chain().equals(files.key());
    try {
      own = copied ? copy(files) : files.chain();
    } catch (IOException e) {
      throw wrong(files, e);
    }
    configure(files.trusted());
    try (ClientX509Util tls = new ClientX509Util()) {
      Object _ = tls.createNettySslContextForClient(config);
    } catch (X509Exception | SSLException | IllegalArgumentException e) {
      close();
      throw wrong(files, e);
    }
  }

  private static IllegalArgumentException wrong(CertificateFiles files, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new IllegalArgumentException(files + ": " + cause, e);
  }

  private static Path copy(CertificateFiles files) throws IOException {
    String both = Files.readString(files.chain()) + "\n" + Files.readString(files.key());
    Path copy = Files.createTempFile("kith-zookeeper", ".pem"); // nobody else may read these
    copy.toFile().deleteOnExit();
    return Files.writeString(copy, both);
  }

  private void configure(Path trusted) {
    config.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    try (ClientX509Util names = new ClientX509Util()) {
      config.setProperty(names.getSslProviderProperty(), "JDK");
      config.setProperty(names.getSslEnabledProtocolsProperty(), "TLSv1.3,TLSv1.2");
      config.setProperty(names.getSslKeystoreTypeProperty(), "PEM");
      config.setProperty(names.getSslKeystoreLocationProperty(), own.toString());
      config.setProperty(names.getSslTruststoreTypeProperty(), "PEM");
      config.setProperty(names.getSslTruststoreLocationProperty(), trusted.toString());
    }
  }

  ZKClientConfig config() {
    return config;
  }

  /// Where the certificate and its key are together.
  Path own() {
    return own;
  }

  @Override
  public void close() {
    if (copied) {
      try {
        Files.deleteIfExists(own);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
