package dev.kith.registrar.zookeeper;

import dev.kith.testing.Loopback;
import dev.kith.testing.OtherJvm;
import dev.kith.wire.node.CertificateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/// A server that can be reached by TLS only, as an external ZooKeeper: in a JVM of its own, since
/// it is told of TLS by system properties. It ends when whoever started it does.
final class TlsServer implements AutoCloseable {
  private static final String READY = "ready";

  private final OtherJvm jvm;

  private TlsServer(OtherJvm jvm) {
    this.jvm = jvm;
  }

  /// Starts one, and waits until it can be asked.
  static TlsServer start(Path folder, int port, CertificateFiles tls)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    OtherJvm jvm =
        OtherJvm.start(
            TlsServer.class,
            folder.toString(),
            String.valueOf(port),
            bundle(folder, tls).toString(),
            tls.trusted().toString());
    jvm.next(READY);
    return new TlsServer(jvm);
  }

  private static Path bundle(Path folder, CertificateFiles tls) throws IOException {
    String both = Files.readString(tls.chain()) + Files.readString(tls.key());
    return Files.writeString(folder.resolve("server.pem"), both);
  }

  @Override
  public void close() {
    jvm.close();
  }

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "zookeeper.serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory");
    Properties settings = new Properties();
    settings.setProperty("dataDir", args[0] + File.separator + "data");
    settings.setProperty("secureClientPort", args[1]);
    settings.setProperty("secureClientPortAddress", "127.0.0.1");
    settings.setProperty("tickTime", "500");
    settings.setProperty("admin.enableServer", "false");
    settings.setProperty("ssl.keyStore.type", "PEM");
    settings.setProperty("ssl.keyStore.location", args[2]);
    settings.setProperty("ssl.trustStore.type", "PEM");
    settings.setProperty("ssl.trustStore.location", args[3]);
    ZooKeeperServerEmbedded.builder()
        .baseDir(Path.of(args[0]))
        .configuration(settings)
        .exitHandler(ExitHandler.EXIT)
        .build()
        .start(Loopback.PATIENCE.toMillis());
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // whoever started this lives
    }
    System.exit(0);
  }
}
