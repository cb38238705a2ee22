package dev.kith.registrar.zookeeper;

import static dev.kith.registrar.zookeeper.Participant.done;
import static dev.kith.registrar.zookeeper.Participant.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import dev.kith.testing.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.KeeperException.NoAuthException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who does not know the secret of a cluster has no part in it, and is told so at once.
@Tag("slow")
class SecretTest {
  private static final Duration WITHIN = Loopback.PATIENCE;
  private static final Duration AT_ONCE = WITHIN.dividedBy(3);
  private static final String SECRET = "sesame, sesame, sesame";

  private Node node;
  private Seat seat;
  private EmbeddedZooKeeper server;
  private final List<Participant> participants = new ArrayList<>();

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    node = Node.start(NodeSpec.of(NodeName.of("clock")));
    seat = Seats.free(1).getFirst();
    server = EmbeddedZooKeeper.start(folder, List.of(seat), 0, WITHIN);
  }

  @AfterEach
  void stop() {
    participants.forEach(Participant::close);
    server.close();
    node.close();
  }

  private ZooKeeperSpec spec() {
    return ZooKeeperSpec.of(seat.address());
  }

  private Participant participant(String name, ZooKeeperSpec spec) {
    Participant participant = new Participant(node.clock(), name, spec);
    participants.add(participant);
    return participant;
  }

  /// A member with the secret, that has noted something.
  private void insider() {
    Participant a = participant("a", spec().withSecret(SECRET));
    done(a.join(WITHIN));
    Lease lease = done(a.acquire("lead", WITHIN));
    done(a.write(lease, "plan", WITHIN));
  }

  @Test
  void whoKnowsItIsAMember() {
    insider();
    Participant b = participant("b", spec().withSecret(SECRET));
    done(b.join(WITHIN));
    assertThat(done(b.read("plan", WITHIN))).isEqualTo(Optional.of("of a"));
    Loopback.until("both", () -> b.joins() == 2);
  }

  @Test
  void whoHasNoneIsRefused() {
    insider();
    isStranger(participant("b", spec()), "belongs to nodes with a secret");
  }

  @Test
  void whoHasAnotherIsRefused() {
    insider();
    isStranger(
        participant("b", spec().withSecret("open, open, open")), "belongs to nodes with another");
  }

  private void isStranger(Participant b, String why) {
    String where = spec().toString();
    assertTimeout(
        AT_ONCE,
        () -> {
          assertThat(refused(b.join(WITHIN))).contains(where, why, "give this node theirs");
          assertThat(refused(b.read("plan", WITHIN))).contains(where, why);
          assertThat(refused(b.join(WITHIN))).contains(why);
        });
  }

  /// What the registrar does not ask for cannot be had either.
  @Test
  void nothingBelowTheRootIsOpen() throws Exception {
    insider();
    try (CuratorFramework client =
        CuratorFrameworkFactory.newClient(seat.address(), new RetryOneTime(1))) {
      client.start();
      for (String path : List.of("/kith", "/kith/members", "/kith/members/a", "/kith/notes/plan")) {
        assertThatExceptionOfType(NoAuthException.class)
            .isThrownBy(() -> client.getData().forPath(path));
        assertThatExceptionOfType(NoAuthException.class)
            .isThrownBy(() -> client.getChildren().forPath(path));
        assertThatExceptionOfType(NoAuthException.class)
            .isThrownBy(() -> client.create().forPath(path + "/more"));
      }
      assertThatExceptionOfType(NoAuthException.class)
          .isThrownBy(() -> client.delete().forPath("/kith/members/a"));
    }
  }

  @Test
  void aRootThatWasMadeWithoutIsRefused() {
    Participant a = participant("a", spec());
    done(a.join(WITHIN));
    Participant b = participant("b", spec().withSecret(SECRET));
    assertThat(refused(b.join(WITHIN)))
        .contains(
            "others than nodes with this secret may read and write " + spec(), "use another root");
  }

  @Test
  void aRootThatSomebodyElseMadeOpenIsRefused() throws Exception {
    try (CuratorFramework client =
        CuratorFrameworkFactory.newClient(seat.address(), new RetryOneTime(1))) {
      client.start();
      Id anywhere = new Id("ip", "127.0.0.1");
      List<ACL> rights = List.of(new ACL(ZooDefs.Perms.ALL, anywhere));
      client.create().withACL(rights).forPath("/kith");
    }
    Participant a = participant("a", spec().withSecret(SECRET));
    assertThat(refused(a.join(WITHIN))).contains("others than nodes with this secret");
  }

  @Test
  void clustersWithDifferentSecretsHaveRootsSideBySide() {
    Participant a = participant("a", spec().withRoot("/all/one").withSecret(SECRET));
    Participant b = participant("b", spec().withRoot("/all/two").withSecret("open, open, open"));
    done(a.join(WITHIN));
    done(b.join(WITHIN));
  }

  @Test
  void itIsNotPrinted() {
    assertThat(spec().withSecret(SECRET).toString()).doesNotContain(SECRET);
  }
}
