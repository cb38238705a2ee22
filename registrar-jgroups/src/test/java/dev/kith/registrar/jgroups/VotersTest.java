package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.ReplicatedRegistrar;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.Authority;
import dev.kith.testing.HolderJvm;
import dev.kith.testing.LogLines;
import dev.kith.testing.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// D4: nodes that vote for themselves: nothing is decided without a majority, and what was decided
/// outlives them.
@Tag("slow")
class VotersTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final String KNOWN = "what all of them know";
  private static final SessionTiming TIMING = SessionTiming.of(Duration.ofSeconds(4));

  private final Node node = Node.start(NodeSpec.of(NodeName.of("clock")));
  private final List<String> addresses = Ports.free(3);
  private final List<Registrar> open = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    open.forEach(Registrar::close);
    node.close();
  }

  private JGroupsSpec spec() {
    return JGroupsSpec.of(addresses, folder).withTiming(TIMING);
  }

  private Registrar open(JGroupsSpec spec, String address) {
    RaftLog log = new RaftLog(node.clock(), node.entropy(), spec, address);
    Registrar registrar = new ReplicatedRegistrar(node.clock(), log, TIMING);
    open.add(registrar);
    return registrar;
  }

  private List<Registrar> openAll() {
    return addresses.stream().map(address -> open(spec(), address)).toList();
  }

  private static <T> Attempt<T> ask(Consumer<Consumer<? super Attempt<T>>> question) {
    CompletableFuture<Attempt<T>> answer = new CompletableFuture<>();
    question.accept(answer::complete);
    return answer.join();
  }

  private static Attempt<Member> join(Registrar registrar, String name, Duration within) {
    Registrar.Watcher nobody =
        new Registrar.Watcher() {
          @Override
          public void changed(Change change) {}

          @Override
          public void sure(Registrar.Confidence confidence, String why) {}
        };
    return ask(then -> registrar.join(NodeName.of(name), 1, "x:1", nobody, within, then));
  }

  private static Lease acquire(Registrar registrar, String lease) {
    Attempt<Lease> attempt = ask(then -> registrar.acquire(lease, "", WITHIN, then));
    if (attempt instanceof Attempt.Done<Lease>(Lease held)) {
      return held;
    }
    throw new AssertionError(attempt);
  }

  private static String unknown(Attempt<?> attempt) {
    if (attempt instanceof Attempt.Unknown<?>(String why)) {
      return why;
    }
    throw new AssertionError(attempt);
  }

  /// One of three may be gone, two may not; and when all come back, tokens go on growing.
  @Test
  void aMajorityDecides() {
    List<Registrar> all = openAll();
    for (int i = 0; i < 3; i++) {
      assertThat(join(all.get(i), "n" + i, WITHIN)).isInstanceOf(Attempt.Done.class);
    }
    Lease first = acquire(all.get(0), "first");
    all.get(0).close();
    Lease second = acquire(all.get(1), "second");
    assertThat(second.token()).isGreaterThan(first.token());
    all.get(1).close();
    Attempt<Lease> alone =
        ask(then -> all.get(2).acquire("third", "", Duration.ofSeconds(2), then));
    assertThat(unknown(alone)).contains("no majority").contains(addresses.getFirst());
    all.get(2).close();

    List<Registrar> again = openAll();
    assertThat(join(again.get(1), "m1", WITHIN)).isInstanceOf(Attempt.Done.class);
    assertThat(acquire(again.get(1), "fourth").token()).isGreaterThan(second.token());
  }

  /// One that comes back while the others count it in still is refused and tries again, and knows
  /// of what was decided once.
  @Test
  void aVoterThatIsRefusedAtFirstAgreesWithTheOthers() throws Exception {
    JGroupsSpec spec = spec().withSecret(Secret.of(KNOWN));
    Registrar a = open(spec, addresses.get(0));
    open(spec, addresses.get(1));
    assertThat(join(a, "a", WITHIN)).isInstanceOf(Attempt.Done.class);
    String voters = String.join(",", addresses);
    String session = String.valueOf(TIMING.timeout().toMillis());
    HolderJvm.start(
            JGroupsHolder.class, "c", addresses.get(2), voters, folder.toString(), KNOWN, session)
        .close();
    try (LogLines lines = new LogLines("dev.kith.registrar.jgroups")) {
      Registrar c = open(spec, addresses.get(2));
      Loopback.until("a refusal", () -> !lines.with("duplicate members").isEmpty());
      assertThat(join(c, "c", WITHIN)).isInstanceOf(Attempt.Done.class);
      Lease lease = acquire(c, "another");
      Attempt<String> written = ask(then -> c.write(lease, "note", "of c", WITHIN, then));
      assertThat(written).isEqualTo(new Attempt.Done<>("of c"));
      Attempt<Optional<String>> read = ask(then -> a.read("note", WITHIN, then));
      assertThat(read).isEqualTo(new Attempt.Done<>(Optional.of("of c")));
    }
  }

  /// One alone decides, whoever follows.
  @Test
  void oneVoterDecides() {
    JGroupsSpec one = JGroupsSpec.of(addresses.subList(0, 1), folder).withTiming(TIMING);
    Registrar voter = open(one, addresses.getFirst());
    assertThat(join(voter, "voter", WITHIN)).isInstanceOf(Attempt.Done.class);
    for (int i = 0; i < 3; i++) {
      Registrar other = open(one, Ports.free(1).getFirst());
      assertThat(join(other, "other" + i, WITHIN)).isInstanceOf(Attempt.Done.class);
      assertThat(acquire(other, "lease" + i).holder()).isEqualTo(NodeName.of("other" + i));
      assertThat(acquire(voter, "of voter" + i).holder()).isEqualTo(NodeName.of("voter"));
    }
  }

  /// Of a voter that is gone the name may be gone too; the others go on.
  @Test
  void aNameThatIsNotKnownIsSkipped() {
    List<String> voters = List.of(addresses.get(0), addresses.get(1), "nowhere.invalid:7000");
    JGroupsSpec spec = JGroupsSpec.of(voters, folder).withTiming(TIMING);
    open(spec, addresses.get(0));
    open(spec, addresses.get(1));
    assertThat(join(open.getFirst(), "a", WITHIN)).isInstanceOf(Attempt.Done.class);
  }

  /// Nodes that were told of other voters do not decide without each other.
  @Test
  void anotherListDoesNotMeet() {
    List<Registrar> all = openAll();
    assertThat(join(all.getFirst(), "a", WITHIN)).isInstanceOf(Attempt.Done.class);
    JGroupsSpec two =
        JGroupsSpec.of(addresses.subList(0, 2), folder.resolve("other")).withTiming(TIMING);
    Registrar stranger = open(two, Ports.free(1).getFirst());
    assertThat(unknown(join(stranger, "b", Duration.ofSeconds(4)))).contains("the same list");
  }

  /// A list that has changed makes another cluster, and that is said.
  @Test
  void anotherListIsSaid() {
    try (LogLines lines = new LogLines("dev.kith.registrar.jgroups")) {
      Registrar before = open(spec(), addresses.getFirst());
      Path file = VoterFile.of(folder, addresses.getFirst()).path();
      Loopback.until("its list", () -> Files.exists(file));
      before.close();
      JGroupsSpec two = JGroupsSpec.of(addresses.subList(0, 2), folder);
      open(two, addresses.getFirst());
      Loopback.until("words", () -> !lines.with("there are two clusters").isEmpty());
    }
  }

  @Test
  void anotherSecretDoesNotMeet() {
    JGroupsSpec one = spec().withSecret(Secret.of("known to all of them"));
    addresses.forEach(address -> open(one, address));
    assertThat(join(open.getFirst(), "a", WITHIN)).isInstanceOf(Attempt.Done.class);
    for (Secret other : List.of(Secret.none(), Secret.of("known to nobody at all"))) {
      Registrar stranger = open(spec().withSecret(other), Ports.free(1).getFirst());
      assertThat(unknown(join(stranger, "b", Duration.ofSeconds(3)))).contains("no majority");
    }
  }

  /// Who shows no certificate of theirs, or believes none of theirs, is no member.
  @Test
  void anotherCertificateDoesNotMeet() throws Exception {
    Authority ours = new Authority(folder, "ours");
    Authority theirs = new Authority(folder, "theirs");
    for (String address : addresses) {
      open(spec().withCertificates(ours.of("n" + open.size())), address);
    }
    assertThat(join(open.getFirst(), "a", WITHIN)).isInstanceOf(Attempt.Done.class);
    Registrar learner = open(spec().withCertificates(ours.of("b")), Ports.free(1).getFirst());
    assertThat(join(learner, "b", WITHIN)).isInstanceOf(Attempt.Done.class);
    for (JGroupsSpec other :
        List.of(
            spec(),
            spec().withCertificates(theirs.believing(ours, "c")),
            spec().withCertificates(ours.believing(theirs, "d")))) {
      Registrar stranger = open(other, Ports.free(1).getFirst());
      assertThat(unknown(join(stranger, "e", Duration.ofSeconds(3)))).contains("no majority");
    }
  }

  /// Without a secret or certificates nothing leaves the machine.
  @Test
  void anOpenAddressIsRefused() {
    String elsewhere = "192.0.2.1:7000";
    Registrar one = open(JGroupsSpec.of(List.of(elsewhere), folder), elsewhere);
    assertThat(unknown(join(one, "a", Duration.ofSeconds(1))))
        .contains("needs a secret or certificates");
  }

  /// A port that another has is no end: it is tried again, with words.
  @Test
  void aPortThatIsTakenIsSaid() {
    Registrar first = open(JGroupsSpec.of(addresses.subList(0, 1), folder), addresses.getFirst());
    assertThat(join(first, "a", WITHIN)).isInstanceOf(Attempt.Done.class);
    Registrar second =
        open(JGroupsSpec.of(addresses, folder.resolve("other")), addresses.getFirst());
    assertThat(unknown(join(second, "b", Duration.ofSeconds(2)))).contains("does not start");
  }
}
