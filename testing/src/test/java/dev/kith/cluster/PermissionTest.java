package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.group.Group;
import dev.kith.group.Row;
import dev.kith.observe.DropReason;
import dev.kith.process.Answer;
import dev.kith.process.Blueprint;
import dev.kith.process.Down;
import dev.kith.process.Exit;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// B12, NOD-9: what a node that has connected may do. Here `b` may do on `a` what a test allows,
/// and nothing else; `c` may do everything.
@ExtendWith(WorldExtension.class)
class PermissionTest {
  private static final Name<Words> OPEN = Name.of("open", Words.class);
  private static final Name<Words> SHUT = Name.of("shut", Words.class);
  private static final Group<Words> ROOM = Group.of("room", Words.class);
  private static final Blueprint<Words.Say, Words> SPEAKER =
      Blueprint.of("speaker", Words.Say.class, Words.class, _ -> (_, _) -> {});
  private static final NodeName A = NodeName.of("a");
  private static final NodeName B = NodeName.of("b");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private final World world;
  private final Nodes nodes;
  private final Node a;
  private final Set<Deed> allowed = new HashSet<>();
  private final List<Deed> denied = new ArrayList<>();

  /// What processes on `a` have heard, behind their names.
  private final List<String> said = new ArrayList<>();

  /// What the process on `b` has heard.
  private final List<Object> heard = new ArrayList<>();

  private final ProcessRef<Object> client;

  /// Something for the process on `b` to do.
  private interface Task extends Consumer<Self<Object>> {}

  PermissionTest(World world) {
    this.world = world;
    this.nodes = new Nodes(world);
    this.a = world.node("a");
    a.events()
        .add(
            LinkEvent.Denied.class,
            event -> {
              assertThat(event.node()).isEqualTo(B);
              if (!isOfTheCluster(event.deed())) {
                denied.add(event.deed());
              }
            });
    nodes.start(
        "a",
        ClusterSpec.listening("a:1", Nodes.TYPES)
            .withAccess(
                Access.everybody()
                    .withPermission((node, deed) -> !node.equals(B) || allowed.contains(deed))));
    nodes.start("b", "a:1");
    nodes.start("c", "a:1");
    nodes.meet("a", "b", "c");
    client = world.node("b").spawn(Object.class, () -> this::handle);
  }

  /// The names of `b`'s own processes, which nobody here looks for.
  private static boolean isOfTheCluster(Deed deed) {
    return deed instanceof Deed.Register(var _, String name) && name.startsWith("kith.");
  }

  private void handle(Self<Object> self, Object message) {
    if (message instanceof Task task) {
      task.accept(self);
    } else {
      heard.add(message);
    }
  }

  private void does(Task task) {
    client.send(task);
    world.advance(A_MOMENT);
  }

  /// A process on `a` that keeps what it hears, and answers.
  private ProcessSpec<Words> server(String who) {
    return ProcessSpec.server(
        Words.class,
        () ->
            (self, message) -> {
              said.add(who + ": " + message);
              if (message instanceof Words.Echo echo) {
                self.reply(echo, echo.text());
              }
            });
  }

  private static ExitReason reason(Deed deed) {
    return new ExitReason.Custom("not allowed: " + deed);
  }

  private static ProcessRef<?> seenByB(World world, ProcessRef<?> process) {
    return world.node("b").find(process.pid());
  }

  @Test
  void sendsToWhomItMay() {
    a.spawn(server("open").named(OPEN));
    a.spawn(server("shut").named(SHUT));
    allowed.add(new Deed.Send("open"));
    long before = a.drops().of(DropReason.UNAUTHORISED);
    does(self -> {
      self.send(SHUT.at(A), new Words.Say("no"));
      self.send(OPEN.at(A), new Words.Say("yes"));
    });
    assertThat(said).containsExactly("open: Say[text=yes]");
    assertThat(denied).containsExactly(new Deed.Send("shut"));
    assertThat(a.drops().of(DropReason.UNAUTHORISED)).isEqualTo(before + 1);
    world.node("c").send(SHUT.at(A), new Words.Say("from c"));
    world.advance(A_MOMENT);
    assertThat(said).contains("shut: Say[text=from c]");
  }

  /// A pid is no way around a name, and those without a name are one another thing to allow.
  @Test
  @SuppressWarnings("unchecked")
  void aPidIsNoWayAround() {
    ProcessRef<Words> shut = a.spawn(server("shut").named(SHUT));
    ProcessRef<Words> nameless = a.spawn(server("nameless"));
    allowed.add(new Deed.Send(""));
    does(self -> {
      self.send((ProcessRef<Words>) seenByB(world, shut), new Words.Say("no"));
      self.send((ProcessRef<Words>) seenByB(world, nameless), new Words.Say("yes"));
    });
    assertThat(said).containsExactly("nameless: Say[text=yes]");
    assertThat(denied).containsExactly(new Deed.Send("shut"));
  }

  /// Who asks hears at once why there is no answer, whether somebody is there or not.
  @Test
  void whoAsksIsTold() {
    a.spawn(server("shut").named(SHUT));
    does(self -> {
      for (String name : List.of("shut", "nobody")) {
        self.<String, Words.Echo>ask(
            Name.of(name, Words.class).at(A), new Words.Echo("?"), LONG, answer -> answer);
      }
    });
    assertThat(said).isEmpty();
    assertThat(heard)
        .containsExactly(
            new Answer.Failed<>(reason(new Deed.Send("shut"))),
            new Answer.Failed<>(reason(new Deed.Send("nobody"))));
  }

  /// What it may ask it is answered, and it may answer what it is asked.
  @Test
  void answersAreNoDeeds() {
    a.spawn(server("open").named(OPEN));
    allowed.add(new Deed.Send("open"));
    does(self ->
        self.<String, Words.Echo>ask(OPEN.at(A), new Words.Echo("hello"), LONG, answer -> answer));
    assertThat(heard).containsExactly(new Answer.Reply<>("hello"));
    world.node("b").spawn(server("there").named(SHUT));
    allowed.add(new Deed.Register("kith.names", "shut"));
    String answer =
        a.<String, Words.Echo>call(SHUT.at(B), new Words.Echo("you?"), Duration.ofSeconds(5));
    assertThat(answer).isEqualTo("you?");
    assertThat(denied).isEmpty();
  }

  @Test
  void monitorsAreToldWhy() {
    ProcessRef<Words> shut = a.spawn(server("shut").named(SHUT));
    does(self -> {
      self.monitor(SHUT.at(A), down -> down);
      self.monitor(seenByB(world, shut), down -> down);
    });
    Deed watch = new Deed.Watch("shut");
    assertThat(heard).hasSize(2).allMatch(down -> ((Down) down).reason().equals(reason(watch)));
    assertThat(denied).containsExactly(watch, watch);
  }

  @Test
  void linksAreToldWhyAndBindNobody() {
    ProcessRef<Words> shut = a.spawn(server("shut").named(SHUT));
    does(self -> {
      self.trapExits(exit -> exit);
      self.link(seenByB(world, shut));
    });
    Deed watch = new Deed.Watch("shut");
    assertThat(heard).containsExactly(new Exit(shut.pid(), reason(watch)));
    does(self -> self.exit(new ExitReason.Custom("boom")));
    assertThat(a.isAlive(shut)).isTrue();
  }

  @Test
  void exitsHaveNoEffect() {
    ProcessRef<Words> shut = a.spawn(server("shut").named(SHUT));
    ProcessRef<Words> open = a.spawn(server("open").named(OPEN));
    allowed.add(new Deed.Exit("open"));
    does(self -> {
      self.exit(seenByB(world, shut), ExitReason.kill());
      self.exit(seenByB(world, open), ExitReason.kill());
    });
    assertThat(a.isAlive(shut)).isTrue();
    assertThat(a.isAlive(open)).isFalse();
    assertThat(denied).containsExactly(new Deed.Exit("shut"));
  }

  @Test
  void spawnsAreRefused() {
    a.allow(SPEAKER);
    Task spawn = self -> self.spawnLinked(A, SPEAKER, new Words.Say("hello"), answer -> answer);
    int before = a.processes().size();
    does(spawn);
    assertThat(heard).containsExactly(new Answer.Failed<>(reason(new Deed.Spawn("speaker"))));
    assertThat(a.processes()).hasSize(before);
    allowed.add(new Deed.Spawn("speaker"));
    does(spawn);
    assertThat(heard.getLast()).isInstanceOf(Answer.Reply.class);
    assertThat(a.processes()).hasSize(before + 1);
  }

  @Test
  void broadcastsAndRowsAreRefused() {
    ProcessRef<Words> member = a.spawn(server("member"));
    for (String scope : List.of("open", "shut")) {
      nodes.cluster("a").scope(scope).join(ROOM, member);
      nodes.cluster("c").scope(scope).join(ROOM, world.node("c").spawn(server("c")));
      nodes.cluster("b").scope(scope).join(ROOM, world.node("b").spawn(server("far")));
    }
    allowed.add(new Deed.Register("open", "room"));
    allowed.add(new Deed.Broadcast("open", "room"));
    world.advance(Duration.ofSeconds(2));
    assertThat(nodes.cluster("a").scope("open").members(ROOM)).hasSize(3);
    assertThat(nodes.cluster("a").scope("shut").members(ROOM)).hasSize(2);
    assertThat(nodes.cluster("c").scope("shut").members(ROOM)).hasSize(3);
    assertThat(denied).containsOnly(new Deed.Register("shut", "room"));
    for (String scope : List.of("open", "shut")) {
      nodes.cluster("b").scope(scope).broadcast(ROOM, new Words.Say(scope));
    }
    world.advance(A_MOMENT);
    assertThat(said).contains("member: Say[text=open]").doesNotContain("member: Say[text=shut]");
    assertThat(denied).contains(new Deed.Broadcast("shut", "room"));
  }

  /// What is refused of a group leaves the rest of it, and what comes later, as it should be.
  @Test
  void namesInTheBookAreRowsToo() {
    world.node("b").spawn(server("far").named(SHUT));
    allowed.add(new Deed.Register("kith.names", "open"));
    world.node("b").spawn(server("far").named(OPEN));
    world.advance(Duration.ofSeconds(2));
    assertThat(nodes.cluster("a").book().locate(SHUT)).isEmpty();
    assertThat(nodes.cluster("a").book().locate(OPEN)).isPresent();
    assertThat(nodes.cluster("c").book().locate(SHUT)).isPresent();
    long handled = nodes.handled("a", Replication.class);
    world.advance(Duration.ofMinutes(1));
    assertThat(nodes.handled("a", Replication.class)).isEqualTo(handled);
  }

  /// Nor are confirmed sends a way around, and they fail at once.
  @Test
  void confirmedSendsAreRefused() {
    ProcessRef<Words> shut = a.spawn(server("shut").named(SHUT));
    a.spawn(server("open").named(OPEN));
    allowed.add(new Deed.Send("open"));
    does(self -> {
      for (var to : List.of(SHUT.at(A), OPEN.at(A))) {
        nodes.cluster("b").confirmed().send(self, to, new Words.Say("!"), LONG, answer -> answer);
      }
      @SuppressWarnings("unchecked")
      ProcessRef<Words> pid = (ProcessRef<Words>) seenByB(world, shut);
      nodes.cluster("b").confirmed().send(self, pid, new Words.Say("!"), LONG, answer -> answer);
    });
    Answer<Arrived> refused = new Answer.Failed<>(reason(new Deed.Send("shut")));
    assertThat(heard).containsExactly(refused, new Answer.Reply<>(Arrived.ARRIVED), refused);
    assertThat(said).containsExactly("open: Say[text=!]");
  }

  /// A node that may do nothing does not say that it is another.
  @Test
  void whoSaysItIsAnotherIsRefused() {
    Replication.Origin c = new Replication.Origin(NodeName.of("c"), world.node("c").incarnation());
    a.spawn(server("shut").named(SHUT));
    Row row = new Row("shut", Words.class.getName(), 7, 1);
    Replication changes = new Replication.Changes(c, "kith.names", 0, List.of(row));
    Post.Told parcel = new Post.Parcel(c, 0, 0, Optional.empty(), "shut", new Words.Say("as c"));
    does(self -> {
      self.send(Replicator.NAME.at(A), changes);
      self.send(Post.NAME.at(A), parcel);
    });
    assertThat(said).isEmpty();
    assertThat(denied)
        .containsExactly(new Deed.Send("kith.replicator"), new Deed.Send("kith.post"));
    assertThat(nodes.cluster("a").book().locateAll(SHUT)).hasSize(1);
  }
}
