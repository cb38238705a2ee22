package dev.kith.registrar.zookeeper;

import dev.kith.testing.Loopback;
import dev.kith.wire.node.CertificateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/// A server that can be reached by TLS only, as an external ZooKeeper: in a JVM of its own, since
/// it is told of TLS by system properties. It ends when whoever started it does.
final class TlsServer implements AutoCloseable {
  private static final String READY = "ready";

  private final Process jvm;

  private TlsServer(Process jvm) {
    this.jvm = jvm;
  }

  /// Starts one, and waits until it can be asked.
  static TlsServer start(Path folder, int port, CertificateFiles tls) throws IOException {
    Files.createDirectories(folder);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            TlsServer.class.getName(),
            folder.toString(),
            String.valueOf(port),
            bundle(folder, tls).toString(),
            tls.trusted().toString());
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    TlsServer server = new TlsServer(jvm);
    String said = jvm.inputReader().readLine();
    if (!READY.equals(said)) {
      server.close();
      throw new IOException("the server says " + said);
    }
    return server;
  }

  private static Path bundle(Path folder, CertificateFiles tls) throws IOException {
    String both = Files.readString(tls.chain()) + Files.readString(tls.key());
    return Files.writeString(folder.resolve("server.pem"), both);
  }

  @Override
  public void close() {
    jvm.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
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
