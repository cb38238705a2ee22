package dev.kith.registrar.zookeeper;

import static dev.kith.registrar.zookeeper.Participant.done;
import static dev.kith.registrar.zookeeper.Participant.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.registrar.zookeeper.EmbeddedZooKeeper.Seat;
import dev.kith.testing.Loopback;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// D4: three servers, as three JVMs would have them: any one of them may be away.
@Tag("slow")
class EnsembleTest {
  private static final Duration SESSION = Duration.ofSeconds(6);
  private static final Duration LITTLE = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private Node node;
  private List<Seat> seats;
  private final SortedMap<Integer, EmbeddedZooKeeper> servers = new TreeMap<>();
  private final List<Participant> participants = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    node = Node.start(NodeSpec.of(NodeName.of("clock")));
    seats = Seats.free(3);
  }

  @AfterEach
  void close() {
    participants.forEach(Participant::close);
    servers.values().forEach(EmbeddedZooKeeper::close);
    node.close();
  }

  private void start(int own) throws IOException {
    Path place = folder.resolve("server" + own);
    servers.put(own, EmbeddedZooKeeper.start(place, seats, own, Loopback.PATIENCE));
  }

  private void kill(int own) {
    Objects.requireNonNull(servers.remove(own)).close();
  }

  private Participant participant(String name) {
    String hosts = seats.stream().map(Seat::address).collect(Collectors.joining(","));
    return participant(name, hosts);
  }

  private Participant participant(String name, String hosts) {
    ZooKeeperSpec spec = ZooKeeperSpec.of(hosts).withSession(SESSION);
    Participant participant = new Participant(node.clock(), name, spec);
    participants.add(participant);
    return participant;
  }

  private List<Participant> joined(String... names) {
    List<Participant> joined = new ArrayList<>();
    for (String name : names) {
      joined.add(participant(name));
      done(joined.getLast().join(Loopback.PATIENCE));
    }
    return joined;
  }

  /// It is one of the majority again.
  private void awaitServing(int own) {
    try (Participant client =
        new Participant(
            node.clock(),
            "look",
            ZooKeeperSpec.of(seats.get(own).address()).withSession(SESSION))) {
      done(client.read("nothing", Loopback.PATIENCE));
    }
  }

  @Test
  void aServerStartsBeforeThereIsAMajority() throws IOException {
    start(0);
    Participant a = participant("a");
    assertThat(unknown(a.join(LITTLE))).contains(seats.getFirst().address(), "does not answer");
    start(1);
    done(a.join(Loopback.PATIENCE));
    start(2);
    awaitServing(2);
    Loopback.until("confidence", a::isSure);
    assertThat(a.departures()).isEmpty();
  }

  /// Nobody is removed, nothing is lost, and new leases can be had within the time of a session.
  @Test
  void eachServerInTurnMayBeAway() throws IOException {
    for (int i = 0; i < 3; i++) {
      start(i);
    }
    List<Participant> all = joined("a", "b", "c");
    List<Lease> held = new ArrayList<>();
    for (Participant one : all) {
      held.add(done(one.acquire("first of " + one, SESSION)));
    }
    for (int i = 0; i < 3; i++) {
      kill(i);
      for (Participant one : all) {
        done(one.acquire(one + " without " + i, SESSION));
      }
      start(i);
      awaitServing(i);
    }
    for (int i = 0; i < 3; i++) {
      Participant one = all.get(i);
      done(one.write(held.get(i), "note of " + one, SESSION));
      Loopback.until("confidence", one::isSure);
      assertThat(one.departures()).as("departures at %s", one).isEmpty();
      assertThat(one.joins()).isEqualTo(3);
    }
  }

  @Test
  void aServerMayBeStartedAgainAtOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      start(i);
    }
    Participant a = joined("a").getFirst();
    for (int i = 0; i < 3; i++) {
      kill(i);
      start(i);
      awaitServing(i);
    }
    Loopback.until("confidence", a::isSure);
    assertThat(a.departures()).isEmpty();
  }

  /// One of three decides nothing, and says so; when there is a majority again all goes on.
  @Test
  void aMinorityDecidesNothing() throws IOException {
    for (int i = 0; i < 3; i++) {
      start(i);
    }
    List<Participant> all = joined("a", "b", "c");
    Lease first = done(all.getFirst().acquire("lead", SESSION));
    kill(0);
    kill(1);
    Loopback.until("doubt", SESSION, () -> all.stream().noneMatch(Participant::isSure));
    for (Participant one : all) {
      assertTimeout(
          SESSION,
          () -> assertThat(unknown(one.acquire("other", LITTLE))).contains("does not answer"));
    }
    start(0);
    start(1);
    for (Participant one : all) {
      Loopback.until("confidence", () -> one.confidence() != Confidence.UNSURE);
      if (one.confidence() == Confidence.REMOVED) {
        done(one.join(Loopback.PATIENCE));
      }
      Loopback.until("confidence", one::isSure);
    }
    Lease next = done(all.getLast().acquire("next", SESSION));
    assertThat(next.token()).isGreaterThan(first.token());
  }

  @Test
  void aPortInUseIsSaidInWords() throws IOException {
    try (ServerSocket other = Loopback.occupied()) {
      Seat seat = new Seat("127.0.0.1", other.getLocalPort(), 0, 0);
      Path place = folder.resolve("alone");
      assertTimeout(
          Loopback.PATIENCE.dividedBy(3),
          () ->
              assertThatThrownBy(
                      () -> EmbeddedZooKeeper.start(place, List.of(seat), 0, Loopback.PATIENCE))
                  .isInstanceOf(IOException.class)
                  .hasMessageContaining("ZooKeeper does not start at " + seat.address())
                  .hasMessageContaining("in use"));
    }
  }
}
