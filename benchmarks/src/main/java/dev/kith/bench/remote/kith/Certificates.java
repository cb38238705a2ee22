package dev.kith.bench.remote.kith;

import dev.kith.bench.workload.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/// A certificate that both sides show and believe, made with the JDK's own `keytool`.
final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String NODE = "node";

  private Certificates() {}

  /// The folder with `node.pem` and `node.key`.
  static Path make() throws Exception {
    Path folder = Files.createTempDirectory("kith-bench-certificates");
    Path store = folder.resolve("node.p12");
    keytool(store);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    write(folder.resolve("node.pem"), "CERTIFICATE", keys.getCertificate(NODE).getEncoded());
    write(
        folder.resolve("node.key"),
        "PRIVATE KEY",
        keys.getKey(NODE, PASSWORD.toCharArray()).getEncoded());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                NODE,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=node",
                "-validity",
                "2",
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Check.equal("exit code of keytool", 0, tool.waitFor());
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static void delete(Path folder) {
    for (String name : new String[] {"node.p12", "node.pem", "node.key", ""}) {
      folder.resolve(name).toFile().delete();
    }
  }
}
