package dev.kith.registrar.zookeeper;

import static dev.kith.registrar.zookeeper.Participant.done;
import static dev.kith.registrar.zookeeper.Participant.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.Authority;
import dev.kith.testing.Loopback;
import dev.kith.wire.node.CertificateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registrar and an external ZooKeeper that believe each other's certificates, or do not.
@Tag("slow")
class TlsTest {
  private static final Duration WITHIN = Loopback.PATIENCE;
  private static final Duration LITTLE = Duration.ofSeconds(5);

  @TempDir private static Path folder;
  private static Authority ours;
  private static Authority theirs;
  private static Node node;
  private static int port;
  private static TlsServer server;

  @BeforeAll
  static void start() throws Exception {
    node = Node.start(NodeSpec.of(NodeName.of("clock")));
    ours = new Authority(folder, "ours");
    theirs = new Authority(folder, "theirs");
    port = Loopback.freePorts(1).getFirst();
    server = TlsServer.start(folder.resolve("here"), port, ours.of("server", "localhost"));
  }

  @AfterAll
  static void stop() {
    server.close();
    node.close();
  }

  private static ZooKeeperSpec at(int port) {
    return ZooKeeperSpec.of("localhost:" + port);
  }

  private static Participant participant(String name, ZooKeeperSpec spec) {
    return new Participant(node.clock(), name, spec);
  }

  @Test
  void whoBelieveEachOtherGoOn() throws Exception {
    ZooKeeperSpec spec = at(port).withSecret("sesame, sesame, sesame");
    try (Participant a = participant("a", spec.withTls(ours.of("a")));
        Participant b = participant("b", spec.withTls(ours.of("b")))) {
      done(a.join(WITHIN));
      done(b.join(WITHIN));
      Lease lease = done(a.acquire("lead", WITHIN));
      done(a.write(lease, "plan", WITHIN));
      assertThat(done(b.read("plan", WITHIN))).isEqualTo(Optional.of("of a"));
      Loopback.until("both", () -> a.joins() == 2 && b.joins() == 2);
      Loopback.until("confidence", () -> a.isSure() && b.isSure());
    }
  }

  @Test
  void aServerThatIsNotBelievedIsNotAsked() throws Exception {
    doesNotJoin(at(port).withTls(ours.believing(theirs, "c")), "is not whom", "c.ca");
  }

  @Test
  void whoIsNotBelievedIsNotAnswered() throws Exception {
    doesNotJoin(at(port).withTls(theirs.believing(ours, "d")), "does not believe", "d.crt");
  }

  @Test
  void aServerOfAnotherNameIsNotAsked() throws Exception {
    CertificateFiles elsewhere = ours.of("elsewhere", "elsewhere.example");
    int other = Loopback.freePorts(1).getFirst();
    try (TlsServer _ = TlsServer.start(folder.resolve("elsewhere"), other, elsewhere)) {
      doesNotJoin(at(other).withTls(ours.of("e")), "is not whom", "e.ca");
    }
  }

  @Test
  void whoDoesNotKnowOfTlsIsNotAnswered() {
    doesNotJoin(at(port), "does not answer");
  }

  private static void doesNotJoin(ZooKeeperSpec spec, String... words) {
    try (Participant stranger = participant("stranger", spec)) {
      assertThat(unknown(stranger.join(LITTLE))).contains(spec.toString()).contains(words);
    }
  }

  @Test
  void filesThatMakeNoSenseAreSaidAtOnce() throws Exception {
    CertificateFiles right = ours.of("f");
    Path missing = folder.resolve("missing");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    saysAtOnce(new CertificateFiles(missing, right.key(), right.trusted()), "missing");
    saysAtOnce(new CertificateFiles(right.chain(), empty, right.trusted()), "private key");
    saysAtOnce(new CertificateFiles(empty, right.key(), right.trusted()), "any certificates");
    saysAtOnce(new CertificateFiles(right.chain(), right.key(), missing), "missing");
    saysAtOnce(new CertificateFiles(right.chain(), right.key(), empty), "trust");
  }

  private static void saysAtOnce(CertificateFiles files, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> participant("nobody", at(port).withTls(files)))
        .withMessageContaining("certificates in")
        .withMessageContaining(words);
  }

  /// ZooKeeper wants the certificate and the key in one file: where they are two, it is one that
  /// nobody else may read, and that goes with the registrar.
  @Test
  void theCopyOfAKeyIsNobodyElsesAndGoes() throws Exception {
    CertificateFiles two = ours.of("g");
    Path copy;
    try (TlsFiles files = new TlsFiles(two)) {
      copy = files.own();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rw-------");
    }
    assertThat(copy).doesNotExist();
  }

  @Test
  void oneFileForBothIsNotCopied() throws Exception {
    CertificateFiles two = ours.of("h");
    Path both =
        Files.writeString(
            folder.resolve("both"), Files.readString(two.key()) + Files.readString(two.chain()));
    try (TlsFiles files = new TlsFiles(new CertificateFiles(both, both, two.trusted()))) {
      assertThat(files.own()).isEqualTo(both);
    }
    assertThat(both).exists();
  }
}
