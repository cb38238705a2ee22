package dev.kith.registrar.zookeeper;

import static dev.kith.registrar.zookeeper.Participant.done;
import static dev.kith.registrar.zookeeper.Participant.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import dev.kith.testing.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// D4: a stay is worth as much as ZooKeeper's session, and no more.
@Tag("slow")
class SessionTest {
  private static final Duration WITHIN = Loopback.PATIENCE;

  private Path folder;
  private Node node;
  private Seat seat;
  private EmbeddedZooKeeper server;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    node = Node.start(NodeSpec.of(NodeName.of("clock")));
    seat = Seats.free(1).getFirst();
    server = EmbeddedZooKeeper.start(folder, List.of(seat), 0, WITHIN);
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  private Participant participant(String name, ZooKeeperSpec spec) {
    return new Participant(node.clock(), name, spec);
  }

  private ZooKeeperSpec spec() {
    return ZooKeeperSpec.of(seat.address());
  }

  /// Servers have a longest session: whoever wants a longer one would be sure of what is over.
  @Test
  void aSessionThatIsShorterThanWantedIsRefused() {
    try (Participant a = participant("a", spec().withSession(Duration.ofSeconds(61)))) {
      assertThat(refused(a.join(WITHIN))).contains("60000 ms", "61000 are wanted");
    }
  }

  /// A client that has waited for as long as a session takes another one; the servers, which were
  /// away, keep the old one for as long again. What is entered in that is worth nothing.
  @Test
  void aStayEndsWithTheSessionThatWasGivenUp() throws IOException {
    Duration session = Duration.ofSeconds(3);
    try (Participant a = participant("a", spec().withSession(session));
        Participant b = participant("b", spec().withSession(session))) {
      done(a.join(WITHIN));
      done(b.join(WITHIN));
      Lease first = done(a.acquire("lead", WITHIN));
      server.close();
      Loopback.until("doubt", () -> a.confidence() == Confidence.UNSURE);
      LockSupport.parkNanos(session.toNanos());
      server = EmbeddedZooKeeper.start(folder, List.of(seat), 0, WITHIN);
      Loopback.until("the end", () -> a.confidence() != Confidence.UNSURE);
      assertThat(a.confidence()).isEqualTo(Confidence.REMOVED);
      assertThat(a.isSure()).isFalse();
      Loopback.until("the end", () -> b.confidence() == Confidence.REMOVED);
      done(b.join(WITHIN));
      Loopback.until("the lease", () -> b.acquire("lead", WITHIN) instanceof Attempt.Done);
      assertThat(done(a.join(WITHIN)).stay()).isGreaterThan(first.stay());
    }
  }

  /// Somebody deletes the entry of a member whose session lives on: what it held is free as soon as
  /// it is a member again.
  @Test
  void whoIsRemovedLeavesNothing() throws Exception {
    try (Participant a = participant("a", spec());
        Participant b = participant("b", spec());
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(seat.address(), new RetryOneTime(1))) {
      done(a.join(WITHIN));
      done(b.join(WITHIN));
      Lease first = done(a.acquire("lead", WITHIN));
      client.start();
      client.delete().forPath("/kith/members/a");
      Loopback.until("the removal", () -> a.confidence() == Confidence.REMOVED);
      done(a.join(WITHIN));
      assertThat(done(b.acquire("lead", WITHIN)).token()).isGreaterThan(first.token());
    }
  }
}
