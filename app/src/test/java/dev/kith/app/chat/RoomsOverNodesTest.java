package dev.kith.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.Cluster;
import dev.kith.cluster.ClusterSpec;
import dev.kith.gateway.Event;
import dev.kith.gateway.Gateway;
import dev.kith.gateway.Handlers;
import dev.kith.gateway.Origin;
import dev.kith.gateway.RoomEvent;
import dev.kith.gateway.RoomLimits;
import dev.kith.gateway.Rooms;
import dev.kith.group.Scope;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessSpec;
import dev.kith.supervision.Supervisor;
import dev.kith.supervision.SupervisorSpec;
import dev.kith.testing.Probe;
import dev.kith.testing.SimulatedClient;
import dev.kith.testing.SimulatedLoop;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A8, A9, C3 over nodes: rooms whose members are on two, in the world.
@ExtendWith(WorldExtension.class)
class RoomsOverNodesTest {
  private static final Event<String> JOIN = Event.of("join", String.class);
  private static final Event<String> SAY = Event.of("say", String.class);
  private static final Event<String> HEARD = Event.of("heard", String.class);
  private static final Event<Object> KEPT = Event.of("kept", Object.class);
  private static final String ROOM = "r";
  private static final Duration A_MOMENT = Duration.ofMillis(50);

  private final World world;

  RoomsOverNodesTest(World world) {
    this.world = world;
  }

  /// A node with a gateway on it.
  private final class Side {
    final Node node;
    final Rooms rooms;
    private final Gateway gateway;
    private long numbers;

    Side(String name, String... join) {
      this(name, Duration.ZERO, join);
    }

    /// @param late how long after its scope its rooms are made
    Side(String name, Duration late, String... join) {
      node = world.node(name);
      Types types = Types.of(Gateway.messages());
      ClusterSpec spec = ClusterSpec.listening(name + ":1", types).withJoin(join);
      Cluster.Start start = Cluster.start(node, world.network().transport(node), spec);
      assertThat(start).isInstanceOf(Cluster.Start.Joined.class);
      Cluster cluster = ((Cluster.Start.Joined) start).cluster();
      Scope scope = cluster.scope("rooms");
      world.advance(late);
      rooms =
          Gateway.rooms(
              node, scope, RoomLimits.STANDARD, (room, kept) -> Gateway.encode(KEPT, kept));
      node.spawn(Supervisor.spec(SupervisorSpec.oneForOne(rooms.hub())));
      gateway =
          Gateway.on(
              node,
              rooms,
              Handlers.none()
                  .on(JOIN, (session, room) -> session.join(room))
                  .on(
                      SAY,
                      (session, text) ->
                          rooms.broadcastAndKeep(
                              ROOM, HEARD, text, new Origin(session.id(), ++numbers))));
    }

    SimulatedClient client() {
      SimulatedClient client = SimulatedClient.open(world, gateway, SimulatedLoop.on(node));
      client.send(frame("join", ROOM));
      world.advance(A_MOMENT);
      return client;
    }
  }

  private static String frame(String event, String data) {
    return "{\"event\":\"" + event + "\",\"data\":\"" + data + "\"}";
  }

  private Side[] two() {
    Side a = new Side("a");
    Side b = new Side("b", "a:1");
    world.until(() -> !a.node.reachable().isEmpty(), Duration.ofSeconds(5));
    world.advance(A_MOMENT);
    return new Side[] {a, b};
  }

  @Test
  void everybodyIsInTheSameRoom() {
    Side[] sides = two();
    SimulatedClient ann = sides[0].client();
    SimulatedClient bob = sides[1].client();
    assertThat(sides[0].rooms.size(ROOM)).isEqualTo(2);
    assertThat(sides[1].rooms.size(ROOM)).isEqualTo(2);
    assertThat(sides[0].gateway.online()).isEqualTo(2);
    ann.send(frame("say", "one"));
    ann.send(frame("say", "two"));
    world.advance(A_MOMENT);
    assertThat(bob.received()).endsWith(frame("heard", "one"), frame("heard", "two"));
    assertThat(ann.received()).endsWith(frame("heard", "one"), frame("heard", "two"));
    assertThat(sides[1].rooms.kept(ROOM)).containsExactly("one", "two");
    bob.close();
    world.advance(A_MOMENT);
    assertThat(sides[0].rooms.size(ROOM)).isEqualTo(1);
  }

  /// Whatever the scope knew before there were rooms.
  @Test
  void roomsThatAreMadeLateSpeakToAll() {
    Side a = new Side("a");
    SimulatedClient ann = a.client();
    Side b = new Side("b", Duration.ofSeconds(5), "a:1");
    assertThat(b.rooms.size(ROOM)).isEqualTo(1);
    SimulatedClient bob = b.client();
    bob.send(frame("say", "hello"));
    world.advance(A_MOMENT);
    assertThat(ann.received()).endsWith(frame("heard", "hello"));
  }

  /// A8: a subscriber hears of clients of another node, through its own restart.
  @Test
  void aSubscriberHearsOfOtherNodes() {
    Side[] sides = two();
    Probe<RoomEvent> probe = world.probe(sides[1].node, RoomEvent.class);
    Name<RoomEvent> name = Name.of("listener", RoomEvent.class);
    ProcessSpec<RoomEvent> listener =
        ProcessSpec.server(RoomEvent.class, () -> (_, event) -> probe.ref().send(event))
            .named(name);
    var first = sides[1].node.spawn(listener);
    sides[1].rooms.subscribe(name, ROOM, event -> event);
    SimulatedClient ann = sides[0].client();
    assertThat(probe.next(RoomEvent.Joined.class).members()).isEqualTo(1);
    sides[1].node.exit(first, ExitReason.kill());
    world.run();
    ann.send(frame("say", "hello"));
    world.advance(A_MOMENT);
    sides[1].node.spawn(listener);
    assertThat(probe.next(RoomEvent.Happened.class).data()).isEqualTo("hello");
    ann.close();
    assertThat(probe.next(RoomEvent.Left.class).members()).isZero();
  }

  /// A9: a listener hears of a broadcast while that is made, and answers at once.
  @Test
  void anAnswerComesAfterWhatItAnswersEverywhere() {
    Side[] sides = two();
    Rooms rooms = sides[0].rooms;
    sides[0]
        .node
        .events()
        .add(
            RoomEvent.Happened.class,
            event -> {
              if (event.data().equals("question")) {
                rooms.broadcast(ROOM, HEARD, "answer");
              }
            });
    SimulatedClient bob = sides[1].client();
    rooms.broadcast(ROOM, HEARD, "question");
    assertHeard(bob, "question", "answer");
    SimulatedClient ann = sides[0].client();
    rooms.broadcast(ROOM, HEARD, "question");
    assertHeard(bob, "question", "answer");
    rooms.broadcastAndKeep(ROOM, HEARD, "question", new Origin("nobody", 1));
    assertHeard(bob, "question", "answer");
    assertHeard(ann, "question", "answer");
  }

  private void assertHeard(SimulatedClient client, String... last) {
    world.advance(A_MOMENT);
    String[] frames = Stream.of(last).map(text -> frame("heard", text)).toArray(String[]::new);
    assertThat(client.received()).endsWith(frames);
  }

  /// What was said on both sides of a split is kept on both, in one order.
  @Test
  void aHealedSplitHasOneHistory() {
    Side[] sides = two();
    SimulatedClient ann = sides[0].client();
    SimulatedClient bob = sides[1].client();
    world.network().separate("a", "b");
    world.advance(Duration.ofSeconds(10));
    assertThat(sides[0].rooms.size(ROOM)).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      ann.send(frame("say", "a" + i));
      world.advance(A_MOMENT);
      bob.send(frame("say", "b" + i));
      world.advance(A_MOMENT);
    }
    world.network().heal();
    world.until(() -> sides[0].rooms.size(ROOM) == 2, Duration.ofMinutes(1));
    world.advance(A_MOMENT);
    assertThat(sides[0].rooms.kept(ROOM)).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(sides[1].rooms.kept(ROOM)).isEqualTo(sides[0].rooms.kept(ROOM));
  }

  /// A9: what a third node's history brought first is heard when it comes from where it was said,
  /// once, and not by those who were greeted with it.
  @Test
  void whatAHistoryBroughtFirstIsStillHeard() {
    Side a = new Side("a");
    Side b = new Side("b", "a:1");
    Side c = new Side("c", "a:1");
    world.until(() -> b.node.reachable().size() == 2, Duration.ofSeconds(5));
    world.advance(A_MOMENT);
    SimulatedClient ann = a.client();
    SimulatedClient bob = b.client();
    world.network().cut("a", "b");
    ann.send(frame("say", "late"));
    world.advance(A_MOMENT);
    endHub(c);
    world.until(() -> b.rooms.kept(ROOM).contains("late"), Duration.ofSeconds(1));
    SimulatedClient carl = b.client();
    assertThat(carl.received()).last().asString().contains("kept").contains("late");
    assertThat(bob.received()).doesNotContain(frame("heard", "late"));
    world.network().heal();
    ann.send(frame("say", "next"));
    world.advance(A_MOMENT);
    assertThat(bob.received()).endsWith(frame("heard", "late"), frame("heard", "next"));
    assertThat(carl.received())
        .doesNotContain(frame("heard", "late"))
        .endsWith(frame("heard", "next"));
    assertThat(b.rooms.kept(ROOM)).containsExactly("late", "next");
  }

  /// The one that takes its place tells all others what is kept.
  private void endHub(Side side) {
    side.node.processes().stream()
        .filter(process -> process.name().equals(Optional.of("kith.rooms")))
        .forEach(hub -> side.node.exit(side.node.find(hub.pid()), ExitReason.kill()));
  }

  /// What one says keeps its order though the date goes back, and an answer comes after what it
  /// answers though the dates of machines differ.
  @Test
  void datesDecideNothing() {
    Side[] sides = two();
    SimulatedClient ann = sides[0].client();
    SimulatedClient bob = sides[1].client();
    world.changeDate("a", Duration.ofHours(1));
    ann.send(frame("say", "question"));
    world.advance(A_MOMENT);
    bob.send(frame("say", "answer"));
    world.changeDate("a", Duration.ofHours(-3));
    world.advance(A_MOMENT);
    ann.send(frame("say", "thanks"));
    world.advance(A_MOMENT);
    assertThat(sides[0].rooms.kept(ROOM)).containsExactly("question", "answer", "thanks");
    assertThat(sides[1].rooms.kept(ROOM)).containsExactly("question", "answer", "thanks");
  }
}
