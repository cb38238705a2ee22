package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.group.Group;
import dev.kith.group.Membership;
import dev.kith.group.Scope;
import dev.kith.observe.DropReason;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSnapshot;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// PG-2, GLB-1, GLB-3: groups with members on several nodes, and the book of names.
@ExtendWith(WorldExtension.class)
class SharedScopeTest {
  private static final Group<Words> ROOM = Group.of("room", Words.class);
  private static final Duration A_MOMENT = Duration.ofMillis(20);

  private final Nodes nodes;
  private final World world;

  SharedScopeTest(World world) {
    this.world = world;
    this.nodes = new Nodes(world);
  }

  private Scope scope(String node) {
    return nodes.cluster(node).scope("test");
  }

  private Probe<Words> member(String node) {
    Probe<Words> member = world.probe(world.node(node), Words.class);
    scope(node).join(ROOM, member.ref());
    return member;
  }

  private void three() {
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.start("c", "b:1");
    nodes.meet("a", "b", "c");
    List.of("a", "b", "c").forEach(this::scope);
  }

  /// PG-3: seen within milliseconds, by nodes that were there and by those that come later.
  @Test
  void aMemberIsSeenOnAllNodes() {
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.meet("a", "b");
    scope("b");
    Probe<Words> member = member("a");
    world.advance(A_MOMENT);
    assertThat(scope("b").members(ROOM)).extracting(ProcessRef::pid).containsExactly(member.pid());
    nodes.start("c", "b:1");
    scope("c");
    nodes.meet("a", "b", "c");
    world.advance(A_MOMENT);
    assertThat(scope("c").members(ROOM)).extracting(ProcessRef::pid).containsExactly(member.pid());
  }

  @Test
  void aScopeMayBeOpenedLaterElsewhere() {
    nodes.start("a");
    nodes.start("c", "a:1");
    nodes.meet("a", "c");
    Probe<Words> member = member("a");
    world.advance(A_MOMENT);
    scope("c");
    world.advance(A_MOMENT);
    assertThat(scope("c").members(ROOM)).extracting(ProcessRef::pid).containsExactly(member.pid());
  }

  /// B1: what is too long for the wire is refused where it is made, and the rest gets through.
  @Test
  void namesAreAsLongAsOthersRead() {
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.meet("a", "b");
    String longest = "ß".repeat(512);
    Scope here = nodes.cluster("a").scope(longest);
    Probe<Words> member = world.probe(world.node("b"), Words.class);
    nodes.cluster("b").scope(longest).join(Group.of(longest, Words.class), member.ref());
    world.advance(A_MOMENT);
    assertThat(here.broadcast(Group.of(longest, Words.class), new Words.Say("hello"))).isEqualTo(1);
    assertThat(member.next()).isEqualTo(new Words.Say("hello"));
    assertThatThrownBy(() -> Group.of(longest + "s", Words.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a group has at most 1024 bytes of UTF-8, this one 1025");
    assertThatThrownBy(() -> nodes.cluster("a").scope(longest + "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a scope has at most 1024 bytes of UTF-8, this one 1025");
  }

  /// SIG-2 between a process and each member: broadcasts keep their place among messages.
  @Test
  void aBroadcastKeepsItsPlace() {
    three();
    List<Probe<Words>> members = List.of(member("a"), member("b"), member("b"), member("c"));
    world.advance(A_MOMENT);
    Probe<Words> far = members.get(2);
    world
        .node("a")
        .spawn(
            Words.class,
            () ->
                (self, message) -> {
                  ProcessRef<Words> known = found(scope("a"), far);
                  self.send(known, new Words.Numbered(1));
                  scope("a").broadcast(ROOM, new Words.Numbered(2));
                  self.send(known, new Words.Numbered(3));
                })
        .send(new Words.Say("go"));
    world.advance(A_MOMENT);
    assertThat(far.drain())
        .containsExactly(new Words.Numbered(1), new Words.Numbered(2), new Words.Numbered(3));
    assertThat(members.get(0).drain()).containsExactly(new Words.Numbered(2));
    assertThat(members.get(1).drain()).containsExactly(new Words.Numbered(2));
    assertThat(members.get(3).drain()).containsExactly(new Words.Numbered(2));
  }

  private static ProcessRef<Words> found(Scope scope, Probe<Words> member) {
    return scope.members(ROOM).stream()
        .filter(one -> one.pid().equals(member.pid()))
        .findFirst()
        .orElseThrow();
  }

  /// What comes behind a broadcast to very many waits for it, in many slices.
  @Test
  void aBroadcastToVeryManyIsNotOvertaken() {
    three();
    for (int i = 0; i < 4 * FanOuts.SLICE; i++) {
      scope("b").join(ROOM, world.node("b").spawn(Words.class, () -> (_, _) -> {}));
    }
    Probe<Words> last = member("b");
    world.advance(Duration.ofMillis(200));
    assertThat(scope("a").members(ROOM)).hasSize(4 * FanOuts.SLICE + 1);
    world
        .node("a")
        .spawn(
            Words.class,
            () ->
                (self, message) -> {
                  scope("a").broadcast(ROOM, new Words.Numbered(1));
                  self.send(found(scope("a"), last), new Words.Numbered(2));
                  scope("a").broadcast(ROOM, new Words.Numbered(3));
                  self.send(found(scope("a"), last), new Words.Numbered(4));
                })
        .send(new Words.Say("go"));
    world.advance(Duration.ofMillis(200));
    assertThat(last.drain())
        .containsExactly(
            new Words.Numbered(1),
            new Words.Numbered(2),
            new Words.Numbered(3),
            new Words.Numbered(4));
  }

  /// PG-2, PG-3: a split, and each side sees its own; healed, everybody sees everybody.
  @Test
  void aSplitHidesAndAHealShows() {
    three();
    member("a");
    member("b");
    Probe<Words> away = member("c");
    scope("c").join(ROOM, away.ref());
    world.advance(A_MOMENT);
    world.network().separate("a", "c");
    world.network().separate("b", "c");
    world.advance(Duration.ofSeconds(10));
    assertThat(scope("a").members(ROOM)).hasSize(2);
    assertThat(scope("b").members(ROOM)).hasSize(2);
    assertThat(scope("c").members(ROOM)).hasSize(2);
    scope("c").leave(ROOM, away.ref());
    world.network().heal();
    nodes.meet("a", "b", "c");
    world.advance(A_MOMENT);
    assertThat(scope("a").members(ROOM)).hasSize(3);
    assertThat(scope("b").members(ROOM)).hasSize(3);
    assertThat(scope("c").members(ROOM)).hasSize(3);
  }

  /// D2: what a life of a node had goes with it, and does not come back.
  @Test
  void aNewLifeBeginsWithNothing() {
    three();
    member("c");
    world.advance(A_MOMENT);
    world.crash("c");
    nodes.start("c", "a:1");
    scope("c");
    nodes.meet("a", "b", "c");
    world.advance(A_MOMENT);
    assertThat(scope("a").members(ROOM)).isEmpty();
    assertThat(scope("b").groups()).isEmpty();
  }

  @Test
  void manyMembersAreToldInPieces() {
    nodes.start("a");
    for (int i = 0; i < 2 * Teller.ROWS_MAX + 7; i++) {
      member("a");
    }
    nodes.start("b", "a:1");
    scope("b");
    nodes.meet("a", "b");
    world.advance(Duration.ofMillis(200));
    assertThat(scope("b").members(ROOM)).hasSize(2 * Teller.ROWS_MAX + 7);
  }

  /// On a slow path what is told in pieces takes longer than a heartbeat, whose digest says all
  /// that while that something is missing.
  @Test
  void aWholeThatTakesManyHeartbeatsIsNotBegunAnew() {
    assertIsToldOnce(Shared.CHANGES_MAX);
  }

  @Test
  void changesThatTakeManyHeartbeatsAreNotToldAgain() {
    assertIsToldOnce(0);
  }

  private void assertIsToldOnce(int earlierChanges) {
    LinkLimits bulky = LinkLimits.standard().withCompressFrom(0);
    nodes.start("a", ClusterSpec.listening("a:1", Nodes.TYPES).withLimits(bulky));
    nodes.start("b", "a:1");
    nodes.meet("a", "b");
    Node a = world.node("a");
    Probe<Words> fickle = world.probe(Words.class);
    for (int i = 0; i < earlierChanges; i++) {
      scope("a").join(ROOM, fickle.ref());
      scope("a").leave(ROOM, fickle.ref());
    }
    for (int i = 0; i < 60_000; i++) {
      scope("a").join(ROOM, a.spawn(Words.class, () -> (_, _) -> {}));
    }
    world.network().delay(Duration.ofMillis(400), Duration.ofMillis(400));
    long before = nodes.handled("a", Teller.Message.class);
    scope("b");
    world.until(() -> scope("b").members(ROOM).size() == 60_000, Duration.ofSeconds(20));
    assertThat(world.now()).isGreaterThan(Duration.ofSeconds(3));
    int pieces = 60_000 / Teller.ROWS_MAX;
    assertThat(nodes.handled("a", Teller.Message.class) - before).isLessThan(pieces + 20);
  }

  /// Who is so far behind that the changes are not remembered is told everything.
  @Test
  void whoWasAwayForLongIsToldEverything() {
    three();
    Probe<Words> member = member("c");
    world.advance(A_MOMENT);
    world.network().separate("a", "c");
    world.advance(Duration.ofSeconds(10));
    for (int i = 0; i < Shared.CHANGES_MAX; i++) {
      scope("c").join(ROOM, member.ref());
      scope("c").leave(ROOM, member.ref());
    }
    Probe<Words> other = member("c");
    scope("c").leave(ROOM, member.ref());
    world.network().heal();
    nodes.meet("a", "c");
    world.advance(A_MOMENT);
    assertThat(scope("a").members(ROOM)).extracting(ProcessRef::pid).containsExactly(other.pid());
  }

  /// PG-4 over nodes: a watcher is told of each membership that comes into sight or goes.
  @Test
  void watchersHearOfOtherNodes() {
    three();
    Probe<Words> member = member("c");
    Probe<Membership> watcher = world.probe(Membership.class);
    scope("a");
    world
        .node("a")
        .spawn(
            Membership.class,
            () ->
                new Server<Membership>() {
                  @Override
                  public void started(Self<Membership> self) {
                    scope("a").watch(self, change -> change).members().forEach(watcher.ref()::send);
                  }

                  @Override
                  public void handle(Self<Membership> self, Membership message) {
                    watcher.ref().send(message);
                  }
                });
    world.advance(A_MOMENT);
    watcher.expect(new Membership.Joined("room", member.pid()));
    world.network().separate("a", "c");
    watcher.expect(new Membership.Left("room", member.pid()));
    world.network().heal();
    watcher.expect(new Membership.Joined("room", member.pid()));
    world.crash("c");
    watcher.expect(new Membership.Left("room", member.pid()));
  }

  /// PG-5: the process that replicates may die at any moment, and nothing is lost.
  @Test
  void aRestartedReplicatorFindsItsWay() {
    three();
    Probe<Words> first = member("a");
    world.advance(A_MOMENT);
    Node b = world.node("b");
    b.exit(b.whereis(Replicator.NAME).orElseThrow(), ExitReason.kill());
    Probe<Words> second = member("a");
    Probe<Words> third = member("b");
    world.advance(A_MOMENT);
    assertThat(scope("b").members(ROOM))
        .extracting(ProcessRef::pid)
        .containsExactlyInAnyOrder(first.pid(), second.pid(), third.pid());
    assertThat(scope("c").members(ROOM)).hasSize(3);
  }

  /// PG-5: nor is what it was told of and had not yet looked at.
  @Test
  void aReplicatorThatDiesWithNewsInHandIsToldAgain() {
    three();
    Node b = world.node("b");
    ProcessRef<Replication> replicator = b.whereis(Replicator.NAME).orElseThrow();
    b.suspend(replicator);
    world.advance(A_MOMENT);
    member("b");
    b.exit(replicator, ExitReason.kill());
    world.advance(A_MOMENT);
    member("b");
    world.advance(A_MOMENT);
    assertThat(scope("a").members(ROOM)).hasSize(2);
  }

  /// D1: an idle cluster sends heartbeats only.
  @Test
  void nobodySaysAnythingWhenNothingHappens() {
    three();
    member("a");
    world.advance(Duration.ofSeconds(2));
    List<Long> before = handled();
    world.advance(Duration.ofSeconds(30));
    assertThat(handled()).isEqualTo(before);
  }

  private List<Long> handled() {
    return List.of("a", "b", "c").stream()
        .flatMap(name -> world.node(name).processes().stream())
        .filter(
            one -> one.protocol() == Replication.class || one.protocol() == Teller.Message.class)
        .map(ProcessSnapshot::handled)
        .toList();
  }

  /// A broadcast of a type that the other node's members do not take harms nobody.
  @Test
  void aBroadcastForOthersIsCounted() {
    three();
    Group<Words.Say> narrow = Group.of("room", Words.Say.class);
    Probe<Words.Say> there = world.probe(world.node("b"), Words.Say.class);
    scope("b").join(narrow, there.ref());
    member("a");
    world.advance(A_MOMENT);
    assertThat(scope("a").members(ROOM)).hasSize(1);
    assertThat(scope("a").broadcast(ROOM, new Words.Numbered(1))).isEqualTo(1);
    world
        .node("a")
        .broadcast(
            NodeName.of("b"), world.node("b").incarnation(), "test", "room", new Words.Numbered(1));
    world
        .node("a")
        .broadcast(
            NodeName.of("b"),
            world.node("b").incarnation(),
            "nowhere",
            "room",
            new Words.Numbered(1));
    world.advance(A_MOMENT);
    assertThat(world.node("b").drops().of(DropReason.WRONG_PROTOCOL)).isEqualTo(1);
    assertThat(world.node("b").drops().of(DropReason.NO_PROCESS)).isEqualTo(1);
    assertThat(there.drain()).isEmpty();
  }

  // The book of names

  private static final Name<Words> CLERK = Name.of("clerk", Words.class);

  private ProcessRef<Words> clerk(String node) {
    return world.node(node).spawn(ProcessSpec.server(Words.class, () -> (_, _) -> {}).named(CLERK));
  }

  private AddressBook book(String node) {
    return nodes.cluster(node).book();
  }

  /// D1.
  @Test
  void aNameIsFoundFromAnywhere() {
    nodes.start("a");
    ProcessRef<Words> clerk = clerk("a");
    nodes.start("b", "a:1");
    nodes.meet("a", "b");
    world.advance(A_MOMENT);
    assertThat(book("b").locate(CLERK)).map(ProcessRef::pid).contains(clerk.pid());
    assertThat(book("b").locate(Name.of("nobody", Words.class))).isEmpty();
    ProcessRef<Words> second = clerk("b");
    world.advance(A_MOMENT);
    assertThat(book("b").locateAll(CLERK))
        .extracting(ProcessRef::pid)
        .containsExactly(second.pid(), clerk.pid());
    assertThat(book("a").processes(NodeName.of("b")))
        .contains(new AddressBook.Entry("clerk", second.pid()));
    world.node("a").exit(clerk, ExitReason.kill());
    world.advance(A_MOMENT);
    assertThat(book("a").locate(CLERK)).map(ProcessRef::pid).contains(second.pid());
  }

  /// D1: a name that is given back and taken again, by processes of several protocols.
  @Test
  void aNameThatChangesHandsIsFollowed() {
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.meet("a", "b");
    Node a = world.node("a");
    ProcessRef<Words> fickle =
        a.spawn(
            Words.class,
            () ->
                (self, message) -> {
                  if (message instanceof Words.Say) {
                    self.tryRegister(CLERK);
                  } else {
                    self.unregister();
                  }
                });
    fickle.send(new Words.Say("take it"));
    world.advance(A_MOMENT);
    assertThat(book("b").locate(CLERK)).map(ProcessRef::pid).contains(fickle.pid());
    fickle.send(new Words.Numbered(0));
    world.advance(A_MOMENT);
    assertThat(book("b").locate(CLERK)).isEmpty();
    Name<String> same = Name.of("clerk", String.class);
    ProcessRef<String> other =
        a.spawn(ProcessSpec.server(String.class, () -> (_, _) -> {}).named(same));
    world.advance(A_MOMENT);
    assertThat(book("b").locate(CLERK)).isEmpty();
    assertThat(book("b").locate(same)).map(ProcessRef::pid).contains(other.pid());
  }

  /// D1: everybody picks the same node, and only what was on a lost one moves.
  @Test
  void everybodyPicksTheSameNode() {
    three();
    List<String> names = IntStream.range(0, 300).mapToObj(i -> "job" + i).toList();
    List<NodeName> before = names.stream().map(book("a")::pick).toList();
    assertThat(names.stream().map(book("b")::pick)).isEqualTo(before);
    assertThat(before).contains(NodeName.of("a"), NodeName.of("b"), NodeName.of("c"));
    world.crash("c");
    world.advance(Duration.ofSeconds(1));
    assertThat(book("a").nodes()).containsExactly(NodeName.of("a"), NodeName.of("b"));
    List<NodeName> after = names.stream().map(book("a")::pick).toList();
    for (int i = 0; i < names.size(); i++) {
      if (!before.get(i).equals(NodeName.of("c"))) {
        assertThat(after.get(i)).isEqualTo(before.get(i));
      }
    }
  }
}
