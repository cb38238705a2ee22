package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.net.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An authority that signs certificates, made with the JDK's own `keytool`.
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final String name;

  Certificates(Path folder, String name) throws Exception {
    this.folder = folder;
    this.name = name;
    pair(name, "-ext", "bc:c=ca:true");
    Files.writeString(trusted(), pem("CERTIFICATE", store(name).getCertificate(name).getEncoded()));
  }

  private Path trusted() {
    return folder.resolve(name + ".pem");
  }

  private Path file(String of) {
    return folder.resolve(of + ".p12");
  }

  /// What a node shows that this authority vouches for, and whom it believes.
  Tls of(String node, Certificates believed) throws Exception {
    return of(node, believed, Tls.Engine.fastest());
  }

  /// As above, with a certain engine.
  Tls of(String node, Certificates believed, Tls.Engine engine) throws Exception {
    pair(node);
    Path request = folder.resolve(node + ".csr");
    Path signed = folder.resolve(node + ".crt");
    keytool(
        "-certreq",
        "-alias",
        node,
        "-keystore",
        file(node).toString(),
        "-file",
        request.toString());
    keytool(
        "-gencert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        file(name).toString(),
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString());
    Path key = folder.resolve(node + ".key");
    byte[] secret = store(node).getKey(node, PASSWORD.toCharArray()).getEncoded();
    Files.writeString(key, pem("PRIVATE KEY", secret));
    return Tls.of(signed, key, believed.trusted(), engine);
  }

  private void pair(String of, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                of,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + of,
                "-validity",
                "2",
                "-keystore",
                file(of).toString()));
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
  }

  private KeyStore store(String of) throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(file(of).toFile(), PASSWORD.toCharArray());
  }

  private static void keytool(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
    Process tool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(tool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(tool.exitValue()).as("%s", command).isZero();
  }

  private static String pem(String what, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
