package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.LocalRegistry;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.RegistrarEvent;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// D4: members and leaders, and what links have to do with it.
@ExtendWith(WorldExtension.class)
class EnrolmentTest {
  private static final List<String> ALL = List.of("a", "b", "c");
  private static final Duration BOUND = Duration.ofSeconds(9);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Registrar.Watcher NOBODY =
      new Registrar.Watcher() {
        @Override
        public void changed(Change change) {}

        @Override
        public void sure(Registrar.Confidence confidence, String why) {}
      };

  /// Three nodes that are members.
  private static Nodes three(World world) {
    Nodes nodes = new Nodes(world);
    nodes.enrolAll("a", "b", "c");
    world.until(() -> agreed(nodes, ALL), BOUND);
    return nodes;
  }

  private static Enrolment of(Nodes nodes, String node) {
    return nodes.cluster(node).enrolment();
  }

  /// Whether these are members, and all of them know the same leader.
  private static boolean agreed(Nodes nodes, List<String> names) {
    Optional<Lease> leader = of(nodes, names.getFirst()).leader();
    return leader.isPresent()
        && names.stream()
            .map(name -> of(nodes, name))
            .allMatch(one ->
                one.isSure()
                    && one.leader().equals(leader)
                    && members(one).equals(names)
                    && names.contains(leader.get().holder().text()));
  }

  private static List<String> members(Enrolment of) {
    return of.members().stream().map(Member::node).map(NodeName::text).sorted().toList();
  }

  private static List<String> leaders(Nodes nodes, List<String> names) {
    return names.stream().filter(name -> of(nodes, name).leads()).toList();
  }

  @Test
  void oneLeadsAndAllAgree(World world) {
    Nodes nodes = three(world);
    assertThat(leaders(nodes, ALL)).hasSize(1);
  }

  /// The leader is killed: within the bound another leads, with a greater token.
  @Test
  void aKilledLeaderIsReplaced(World world) {
    Nodes nodes = three(world);
    Lease before = of(nodes, "a").leader().orElseThrow();
    String killed = before.holder().text();
    List<String> others = ALL.stream().filter(name -> !name.equals(killed)).toList();
    world.crash(killed);
    Duration begin = world.now();
    world.until(() -> agreed(nodes, others), BOUND);
    assertThat(world.now().minus(begin)).isGreaterThan(Duration.ofSeconds(4));
    Lease after = of(nodes, others.getFirst()).leader().orElseThrow();
    assertThat(after.token()).isGreaterThan(before.token());
    nodes.enrol(killed, others.getFirst() + ":1");
    world.until(() -> agreed(nodes, ALL), BOUND);
    assertThat(of(nodes, killed).leader()).contains(after);
  }

  /// The leader cannot reach the registrar, and the others can reach the leader: it leads no more,
  /// and talks on.
  @Test
  void aLeaderWithoutRegistrarIsReplacedAndStaysConnected(World world) {
    Nodes nodes = three(world);
    Lease before = of(nodes, "a").leader().orElseThrow();
    String away = before.holder().text();
    List<String> others = ALL.stream().filter(name -> !name.equals(away)).toList();
    List<Lease> lost = new ArrayList<>();
    world.node(away).events().add(RegistrarEvent.LeaseLost.class, event -> lost.add(event.lease()));
    world.registry().cut(away);
    world.until(
        () -> {
          assertThat(leaders(nodes, ALL)).hasSizeLessThan(2);
          return agreed(nodes, others);
        },
        BOUND);
    assertThat(world.node(away).reachable()).hasSize(2);
    assertThat(of(nodes, away).isSure()).isFalse();
    world.registry().heal(away);
    world.until(() -> agreed(nodes, ALL), BOUND);
    assertThat(lost).containsExactly(before);
    assertThat(of(nodes, away).own().orElseThrow().stay()).isGreaterThan(before.stay());
  }

  /// Members that cannot reach each other are members.
  @Test
  void aBrokenLinkRemovesNobody(World world) {
    Nodes nodes = three(world);
    Optional<Lease> leader = of(nodes, "a").leader();
    world.network().separate("a", "b");
    world.advance(Duration.ofSeconds(30));
    assertThat(world.node("a").reachable()).containsExactly(NodeName.of("c"));
    assertThat(agreed(nodes, ALL)).isTrue();
    assertThat(of(nodes, "b").leader()).isEqualTo(leader);
  }

  /// The registrar is away: nobody leads, everybody is connected, and all is well when it is back.
  @Test
  void anOutageOfTheRegistrarCostsLeadershipOnly(World world) {
    Nodes nodes = three(world);
    world.registry().stop();
    world.advance(Duration.ofSeconds(30));
    assertThat(leaders(nodes, ALL)).isEmpty();
    assertThat(world.node("a").reachable()).hasSize(2);
    Attempt<Lease> attempt =
        nodes.ask(
            "a",
            (self, as) -> of(nodes, "a").acquire(self, "job", "", SECOND, as),
            Duration.ofSeconds(5));
    assertThat(attempt)
        .isInstanceOfSatisfying(
            Attempt.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("the registrar has not answered"));
    world.registry().resume();
    world.until(() -> agreed(nodes, ALL), BOUND);
  }

  /// A member that is removed, by people or a fault, is one again at once, and has lost what it
  /// held.
  @Test
  void aRemovedMemberJoinsAgain(World world) {
    Nodes nodes = three(world);
    Lease before = of(nodes, "a").leader().orElseThrow();
    String leader = before.holder().text();
    world.registry().remove(leader);
    world.advance(SECOND);
    assertThat(agreed(nodes, ALL)).isTrue();
    assertThat(of(nodes, leader).own().orElseThrow().stay()).isGreaterThan(before.stay());
    assertThat(of(nodes, leader).leader().orElseThrow().token()).isGreaterThan(before.token());
  }

  /// Who counts with events has what it would be told if it asked, through a stay of its own that
  /// ends, and what has happened to others meanwhile.
  @Test
  void eventsSayWhatIsSo(World world) {
    Nodes nodes = new Nodes(world);
    Node a = world.node("a");
    List<Member> members = new ArrayList<>();
    AtomicReference<Optional<Lease>> leader = new AtomicReference<>(Optional.empty());
    a.events().add(RegistrarEvent.MemberJoined.class, one -> members.add(one.member()));
    a.events().add(RegistrarEvent.MemberRemoved.class, one -> members.remove(one.member()));
    a.events().add(RegistrarEvent.LeaderChanged.class, event -> leader.set(event.leader()));
    nodes.enrolAll("a", "b", "c");
    world.until(() -> agreed(nodes, ALL), BOUND);
    world.registry().cut("a");
    world.advance(SECOND);
    world.crash("b");
    world.until(() -> agreed(nodes, List.of("c")), BOUND);
    world.registry().heal("a");
    world.until(() -> agreed(nodes, List.of("a", "c")), BOUND);
    assertThat(members).containsExactlyInAnyOrderElementsOf(of(nodes, "a").members());
    assertThat(leader.get()).isEqualTo(of(nodes, "a").leader());
    nodes.kill("a", Steward.NAME);
    world.until(() -> agreed(nodes, List.of("a", "c")), BOUND);
    assertThat(members).containsExactlyInAnyOrderElementsOf(of(nodes, "a").members());
    assertThat(leader.get()).isEqualTo(of(nodes, "a").leader());
  }

  /// A node alone has a registrar of its own; whoever speaks with it may be killed.
  @Test
  void tokensGrowForAsLongAsANodeLives(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a");
    long token = 0;
    for (int i = 0; i < 3; i++) {
      world.advance(SECOND);
      Attempt<Lease> attempt = acquire(nodes, "a", SECOND);
      assertThat(attempt).isInstanceOf(Attempt.Done.class);
      long next = ((Attempt.Done<Lease>) attempt).value().token();
      assertThat(next).isGreaterThan(token);
      token = next;
      nodes.kill("a", Steward.NAME);
    }
  }

  /// An engine that takes too long to open makes a registrar that nobody waits for any more.
  @Test
  void aRegistrarThatComesTooLateIsClosed(World world) {
    LocalRegistry registry = new LocalRegistry(world.node().clock(), SessionTiming.standard());
    Enrolment enrolment = new Enrolment(world.node());
    int first = enrolment.opening();
    int second = enrolment.opening();
    Registrar late = registry.registrar();
    assertThatIllegalStateException().isThrownBy(() -> enrolment.opened(first, late));
    assertThat(whyNot(late)).isEqualTo("closed");
    Registrar kept = enrolment.opened(second, registry.registrar());
    enrolment.end();
    assertThat(whyNot(kept)).isEqualTo("closed");
    Registrar nobodys = registry.registrar();
    assertThatIllegalStateException().isThrownBy(() -> enrolment.opened(second, nobodys));
    assertThat(whyNot(nobodys)).isEqualTo("closed");
  }

  /// Why nobody can join by this registrar.
  private static String whyNot(Registrar registrar) {
    List<Attempt<Member>> attempts = new ArrayList<>();
    registrar.join(NodeName.of("a"), 1, "a:1", NOBODY, SECOND, attempts::add);
    return attempts.getFirst() instanceof Attempt.Refused<Member>(String why) ? why : "";
  }

  /// Half of a pair is no text: kept as UTF-8 it would be another name.
  @Test
  void whatIsNoTextIsRefused(World world) {
    Nodes nodes = three(world);
    for (String name : List.of("\uD800", "job")) {
      Attempt<Lease> attempt =
          nodes.ask(
              "a", (self, as) -> of(nodes, "a").acquire(self, name, "\uDC00", SECOND, as), SECOND);
      assertThat(attempt)
          .isInstanceOfSatisfying(
              Attempt.Refused.class,
              refused -> assertThat(refused.why()).contains("half of a surrogate pair"));
    }
  }

  /// Who wants a lease stands in line, and hears who is in the way.
  @Test
  void aLeaseIsWaitedFor(World world) {
    Nodes nodes = three(world);
    Attempt<Lease> first = acquire(nodes, "a", SECOND);
    assertThat(first).isInstanceOf(Attempt.Done.class);
    Attempt<Lease> second = acquire(nodes, "b", SECOND);
    assertThat(second)
        .isInstanceOfSatisfying(
            Attempt.Refused.class,
            refused -> assertThat(refused.why()).contains("held by a").contains("of a"));
    List<Attempt<Lease>> third = new ArrayList<>();
    nodes.<Attempt<Lease>>later(
        "c", (self, as) -> of(nodes, "c").acquire(self, "job", "of c", BOUND, as), third::add);
    world.advance(SECOND);
    assertThat(third).isEmpty();
    of(nodes, "a").release(((Attempt.Done<Lease>) first).value());
    world.advance(SECOND);
    assertThat(third).hasSize(1).allMatch(one -> one instanceof Attempt.Done);
  }

  /// Who stands in line and does not wait any more gets nothing, and is in nobody's way.
  @Test
  void whoDoesNotWaitAnyMoreGetsNothing(World world) {
    Nodes nodes = three(world);
    Attempt<Lease> first = acquire(nodes, "a", SECOND);
    Node b = world.node("b");
    ProcessRef<Words> impatient =
        b.spawn(
            Words.class,
            () ->
                new Server<Words>() {
                  @Override
                  public void started(Self<Words> self) {
                    var _ =
                        of(nodes, "b").acquire(self, "job", "", BOUND, _ -> new Words.Say("had"));
                  }

                  @Override
                  public void handle(Self<Words> self, Words words) {}
                });
    world.advance(SECOND);
    b.exit(impatient, ExitReason.kill());
    world.advance(SECOND);
    of(nodes, "a").release(((Attempt.Done<Lease>) first).value());
    world.advance(SECOND);
    assertThat(of(nodes, "a").lease("job")).isEmpty();
  }

  private static Attempt<Lease> acquire(Nodes nodes, String node, Duration within) {
    return nodes.ask(
        node,
        (self, as) -> of(nodes, node).acquire(self, "job", "of " + node, within, as),
        within.plusSeconds(3));
  }

  /// Whatever happens to nodes, links and registrar: never two that lead, tokens that grow, and all
  /// is well in the end.
  @Test
  void neverTwoLead() {
    Exploration.explore(
        200,
        world -> {
          Nodes nodes = three(world);
          Map<Long, NodeName> leads = new HashMap<>();
          for (int step = 0; step < 40; step++) {
            disturb(world, nodes);
            long until = world.below(2_000);
            for (int i = 0; i < until; i += 50) {
              world.advance(Duration.ofMillis(50));
              List<String> now = leaders(nodes, ALL);
              assertThat(now).hasSizeLessThan(2);
              for (String one : now) {
                Lease lease = of(nodes, one).leader().orElseThrow();
                assertThat(leads.merge(lease.token(), lease.holder(), (old, _) -> old))
                    .isEqualTo(lease.holder());
              }
            }
          }
          world.network().heal();
          world.registry().resume();
          ALL.forEach(world.registry()::heal);
          world.until(() -> agreed(nodes, ALL), Duration.ofSeconds(60));
        });
  }

  private static void disturb(World world, Nodes nodes) {
    String one = ALL.get(world.below(3));
    switch (world.below(10)) {
      case 0 -> world.registry().cut(one);
      case 1, 2 -> world.registry().heal(one);
      case 3 -> world.registry().stop();
      case 4 -> world.registry().resume();
      case 5 ->
          world.registry().delay(Duration.ofMillis(1), Duration.ofMillis(1 + world.below(900)));
      case 6 -> {
        world.crash(one);
        nodes.enrol(
            one,
            ALL.stream()
                .filter(name -> !name.equals(one))
                .map(name -> name + ":1")
                .toArray(String[]::new));
      }
      case 8 -> nodes.kill(one, world.below(2) == 0 ? Steward.NAME : Campaign.NAME);
      case 7 -> world.network().separate(one, one.equals("a") ? "b" : "a");
      default -> world.network().heal();
    }
  }
}
