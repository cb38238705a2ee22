package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.ProcessRef;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// D8, GLB-1, GLB-3, GLB-5: names that one process of all nodes has at most.
@ExtendWith(WorldExtension.class)
class ExclusiveNamesTest {
  private static final Name<Words> KING = Name.of("king", Words.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static Nodes two(World world) {
    Nodes nodes = new Nodes(world);
    nodes.enrolAll("a", "b");
    return nodes;
  }

  private static ProcessRef<Words> process(Nodes nodes, String node) {
    return nodes.world.node(node).spawn(Words.class, () -> (_, _) -> {});
  }

  private static Attempt<Lease> claim(
      Nodes nodes, String node, ProcessRef<Words> holder, Duration within) {
    return nodes.ask(
        node,
        (self, as) -> nodes.cluster(node).exclusiveNames().claim(self, KING, holder, within, as),
        within.plusSeconds(5));
  }

  @Test
  void aNameHasOneHolder(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "a");
    ProcessRef<Words> second = process(nodes, "b");
    assertThat(claim(nodes, "a", first, SECOND)).isInstanceOf(Attempt.Done.class);
    assertThat(claim(nodes, "b", second, SECOND)).isInstanceOf(Attempt.Refused.class);
    world.advance(SECOND);
    for (String node : List.of("a", "b")) {
      assertThat(nodes.cluster(node).exclusiveNames().locate(KING))
          .map(ProcessRef::pid)
          .contains(first.pid());
      assertThat(nodes.cluster(node).exclusiveNames().locate(Name.of("king", String.class)))
          .isEmpty();
    }
    world.node("a").exit(first, ExitReason.shutdown());
    assertThat(claim(nodes, "b", second, SECOND)).isInstanceOf(Attempt.Done.class);
    world.advance(SECOND);
    assertThat(nodes.cluster("a").exclusiveNames().locate(KING))
        .map(ProcessRef::pid)
        .contains(second.pid());
    nodes.cluster("b").exclusiveNames().release(KING, second);
    world.advance(SECOND);
    assertThat(nodes.cluster("a").exclusiveNames().locate(KING)).isEmpty();
    assertThat(world.node("b").isAlive(second)).isTrue();
  }

  @Test
  void anotherNodesProcessIsRefused(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> there = process(nodes, "b");
    assertThat(claim(nodes, "a", there, SECOND))
        .isInstanceOfSatisfying(
            Attempt.Refused.class, no -> assertThat(no.why()).contains("on another node"));
  }

  /// A holder whose node cannot reach the registrar ends before another can have the name.
  @Test
  void aHolderThatIsCutOffEndsInTime(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "a");
    ProcessRef<Words> second = process(nodes, "b");
    assertThat(claim(nodes, "a", first, SECOND)).isInstanceOf(Attempt.Done.class);
    world.registry().cut("a");
    List<Attempt<Lease>> answers = new ArrayList<>();
    nodes.<Attempt<Lease>>later(
        "b",
        (self, as) -> nodes.cluster("b").exclusiveNames().claim(self, KING, second, BOUND, as),
        answers::add);
    world.until(() -> !answers.isEmpty(), BOUND.plusSeconds(2));
    assertThat(answers.getFirst()).isInstanceOf(Attempt.Done.class);
    assertThat(world.node("a").isAlive(first)).isFalse();
  }

  /// Nor is the name lost when the node turns out to have been a member all the while.
  @Test
  void aNameThatWasInDoubtIsFreeAgain(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "a");
    assertThat(claim(nodes, "a", first, SECOND)).isInstanceOf(Attempt.Done.class);
    long stay = nodes.cluster("a").enrolment().own().orElseThrow().stay();
    world.registry().cut("a");
    world.until(() -> !world.node("a").isAlive(first), BOUND);
    world.registry().heal("a");
    assertThat(claim(nodes, "b", process(nodes, "b"), SECOND)).isInstanceOf(Attempt.Done.class);
    assertThat(nodes.cluster("a").enrolment().own().orElseThrow().stay()).isEqualTo(stay);
  }

  /// Nor does another process of the node get the name with the token of the one that was killed.
  @Test
  void aNameThatWasInDoubtHasAnotherToken(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "a");
    long token = token(claim(nodes, "a", first, SECOND));
    long stay = nodes.cluster("a").enrolment().own().orElseThrow().stay();
    world.registry().cut("a");
    world.until(() -> !world.node("a").isAlive(first), BOUND);
    ProcessRef<Words> second = process(nodes, "a");
    List<Attempt<Lease>> answers = new ArrayList<>();
    nodes.<Attempt<Lease>>later(
        "a",
        (self, as) -> nodes.cluster("a").exclusiveNames().claim(self, KING, second, BOUND, as),
        answers::add);
    world.advance(Duration.ofMillis(100));
    world.registry().heal("a");
    world.until(() -> !answers.isEmpty(), BOUND.plusSeconds(5));
    assertThat(token(answers.getFirst())).isGreaterThan(token);
    assertThat(nodes.cluster("a").enrolment().own().orElseThrow().stay()).isEqualTo(stay);
  }

  /// What was asked for one process is never another's: the lease says to all who has the name.
  @Test
  void aNameThatCameTooLateIsNotTheNexts(World world) {
    Nodes nodes = two(world);
    world.registry().delay(Duration.ofMillis(800), Duration.ofMillis(801));
    ProcessRef<Words> first = process(nodes, "a");
    ProcessRef<Words> second = process(nodes, "a");
    List<Attempt<Lease>> answers = new ArrayList<>();
    for (ProcessRef<Words> one : List.of(first, second)) {
      nodes.<Attempt<Lease>>later(
          "a",
          (self, as) ->
              nodes
                  .cluster("a")
                  .exclusiveNames()
                  .claim(self, KING, one, one == first ? SECOND : BOUND, as),
          answers::add);
    }
    world.until(() -> answers.size() == 2, BOUND.plusSeconds(2));
    assertThat(answers.getFirst()).isInstanceOf(Attempt.Unknown.class);
    assertThat(answers.getLast()).isInstanceOf(Attempt.Done.class);
    world.advance(SECOND);
    assertThat(nodes.cluster("b").exclusiveNames().locate(KING))
        .map(ProcessRef::pid)
        .contains(second.pid());
  }

  /// Who claims again and again while the registrar is away waits, and costs next to nothing.
  @Test
  void claimsWaitForTheRegistrar(World world) {
    Nodes nodes = two(world);
    long first = token(claim(nodes, "a", process(nodes, "a"), SECOND));
    world.registry().cut("a");
    world.until(() -> !nodes.cluster("a").enrolment().isSure(), BOUND);
    long before = nodes.handled("a", Steward.Message.class);
    for (int i = 0; i < 5; i++) {
      assertThat(claim(nodes, "a", process(nodes, "a"), SECOND))
          .isInstanceOfAny(Attempt.Refused.class, Attempt.Unknown.class);
    }
    assertThat(nodes.handled("a", Steward.Message.class) - before).isLessThan(200);
    world.registry().heal("a");
    assertThat(token(claim(nodes, "a", process(nodes, "a"), BOUND))).isGreaterThan(first);
  }

  /// What speaks with the registrar is killed, and begins another stay: whoever has a name ends
  /// before that.
  @Test
  void aKilledStewardLeavesNoHolder(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "a");
    ProcessRef<Words> second = process(nodes, "b");
    long token = token(claim(nodes, "a", first, SECOND));
    nodes.kill("a", Steward.NAME);
    assertThat(token(claim(nodes, "b", second, BOUND))).isGreaterThan(token);
    assertThat(world.node("a").isAlive(first)).isFalse();
    world.advance(BOUND);
    assertThat(nodes.cluster("a").enrolment().leader())
        .isPresent()
        .isEqualTo(nodes.cluster("b").enrolment().leader());
  }

  /// Who looks after names is killed: nobody would give them back.
  @Test
  void aKilledNotaryLeavesNoHolder(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "a");
    ProcessRef<Words> second = process(nodes, "b");
    long token = token(claim(nodes, "a", first, SECOND));
    nodes.kill("a", Notary.NAME);
    assertThat(token(claim(nodes, "b", second, SECOND))).isGreaterThan(token);
    assertThat(world.node("a").isAlive(first)).isFalse();
  }

  /// Nor does a claim that stands in line get the name for somebody who is not there any more.
  @Test
  void aClaimOfAKilledNotaryIsNobodys(World world) {
    Nodes nodes = two(world);
    ProcessRef<Words> first = process(nodes, "b");
    token(claim(nodes, "b", first, SECOND));
    nodes.<Attempt<Lease>>later(
        "a",
        (self, as) ->
            nodes.cluster("a").exclusiveNames().claim(self, KING, process(nodes, "a"), BOUND, as),
        _ -> {});
    world.advance(SECOND);
    nodes.kill("a", Notary.NAME);
    world.advance(SECOND);
    world.node("b").exit(first, ExitReason.kill());
    world.advance(SECOND);
    assertThat(nodes.cluster("b").enrolment().lease("name/king")).isEmpty();
  }

  private static long token(Attempt<Lease> attempt) {
    if (attempt instanceof Attempt.Done<Lease>(Lease lease)) {
      return lease.token();
    }
    throw new AssertionError(attempt);
  }

  /// Whatever happens: never two alive that have the name, and never one token for two.
  @Test
  void neverTwoHoldIt() {
    Exploration.explore(
        200,
        world -> {
          Nodes nodes = two(world);
          List<ProcessRef<Words>> holders = new ArrayList<>();
          Set<Long> tokens = new HashSet<>();
          for (int step = 0; step < 30; step++) {
            String one = world.below(2) == 0 ? "a" : "b";
            switch (world.below(8)) {
              case 0 -> world.registry().cut(one);
              case 1 -> world.registry().heal(one);
              case 2 ->
                  world
                      .registry()
                      .delay(Duration.ofMillis(1), Duration.ofMillis(1 + world.below(900)));
              case 3 -> holders.forEach(holder -> end(nodes, holder));
              case 4 -> nodes.kill(one, world.below(2) == 0 ? Steward.NAME : Notary.NAME);
              default -> {
                ProcessRef<Words> wants = process(nodes, one);
                nodes.<Attempt<Lease>>later(
                    one,
                    (self, as) ->
                        nodes.cluster(one).exclusiveNames().claim(self, KING, wants, BOUND, as),
                    answer -> {
                      if (answer instanceof Attempt.Done<Lease>(Lease lease)) {
                        holders.add(wants);
                        assertThat(tokens.add(lease.token())).isTrue();
                      }
                    });
              }
            }
            long until = world.below(3_000);
            for (int i = 0; i < until; i += 50) {
              world.advance(Duration.ofMillis(50));
              assertThat(holders.stream().filter(holder -> isAlive(nodes, holder)).count())
                  .isLessThan(2);
            }
          }
        });
  }

  private static void end(Nodes nodes, ProcessRef<Words> process) {
    nodes.world.node(process.pid().node().text()).exit(process, ExitReason.kill());
  }

  private static boolean isAlive(Nodes nodes, ProcessRef<Words> process) {
    return nodes.world.node(process.pid().node().text()).isAlive(process);
  }
}
