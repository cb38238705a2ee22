package dev.kith.gateway;

import static dev.kith.gateway.Lobby.ROOM;
import static dev.kith.gateway.Lobby.frame;
import static dev.kith.gateway.Lobby.heard;
import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.Probe;
import dev.kith.testing.SimulatedClient;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final String JOIN = frame("join", "\"r\"");

  /// A9, C3: the sender included, once, and in one order for all, though they are on different
  /// loops.
  @Test
  void everybodyInARoomHearsTheSameInTheSameOrder() {
    explore(
        200,
        world -> {
          Lobby lobby = new Lobby(world);
          List<SimulatedClient> clients = List.of(lobby.client(), lobby.client(), lobby.client());
          clients.forEach(client -> client.send(JOIN));
          world.run();
          for (int i = 0; i < 5; i++) {
            for (SimulatedClient client : clients) {
              client.send(frame("say", '"' + "" + clients.indexOf(client) + i + '"'));
            }
          }
          world.run();
          List<String> first = heardBy(clients.getFirst());
          assertThat(first).hasSize(15).doesNotHaveDuplicates();
          assertThat(heardBy(clients.get(1))).isEqualTo(first);
          assertThat(heardBy(clients.get(2))).isEqualTo(first);
        });
  }

  private static List<String> heardBy(SimulatedClient client) {
    return client.received().stream()
        .filter(text -> text.contains("heard") && !text.contains("hello"))
        .toList();
  }

  /// A10: who joins while others speak gets each message once: in the greeting, or after it.
  @Test
  void aJoinerMissesNothingAndHearsNothingTwice() {
    explore(
        200,
        world -> {
          Lobby lobby = new Lobby(world);
          SimulatedClient speaker = lobby.client();
          SimulatedClient joiner = lobby.client();
          speaker.send(JOIN);
          for (int i = 0; i < 10; i++) {
            speaker.send(frame("say", "\"m" + i + '"'));
            if (i == world.below(10)) {
              joiner.send(JOIN);
            }
          }
          joiner.send(JOIN);
          world.run();
          assertThat(messagesOf(joiner)).containsExactlyElementsOf(expected());
        });
  }

  /// The greetings' messages and those heard after the first of them, each once.
  private static List<String> messagesOf(SimulatedClient client) {
    List<String> all = new ArrayList<>();
    for (String text : client.received()) {
      for (int i = 0; i < 10; i++) {
        if (text.contains("\"m" + i + '"') && (text.contains("heard") || !all.contains("m" + i))) {
          all.add("m" + i);
        }
      }
    }
    return all;
  }

  private static List<String> expected() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add("m" + i);
    }
    return all;
  }

  @Test
  void aRoomKeepsItsLastBroadcasts() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world, new RoomLimits(10, 10, 10, 3));
      SimulatedClient client = lobby.client();
      client.send(JOIN);
      for (int i = 0; i < 5; i++) {
        client.send(frame("say", "\"" + i + '"'));
      }
      world.run();
      assertThat(lobby.rooms.kept(ROOM)).containsExactly("2", "3", "4");
    }
  }

  @Test
  void aBroadcastOfOneOriginIsMadeOnce() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      SimulatedClient client = lobby.client();
      client.send(JOIN);
      client.send(frame("twice", "\"once\""));
      world.run();
      assertThat(heardBy(client)).containsExactly(heard("once"));
      assertThat(lobby.rooms.kept(ROOM)).containsExactly("once");
    }
  }

  /// A8: joins, leaves and what is broadcast, in order.
  @Test
  void aSubscriberHearsWhoComesAndGoesAndWhatIsSaid() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      Probe<RoomEvent> probe = world.probe(RoomEvent.class);
      Name<RoomEvent> name = Name.of("listener", RoomEvent.class);
      world.node().spawn(listener(name, probe));
      lobby.rooms.subscribe(name, ROOM, event -> event);
      SimulatedClient client = lobby.client();
      client.send(JOIN);
      client.send(frame("say", "\"hi\""));
      client.close();
      world.run();
      assertThat(probe.next(RoomEvent.Joined.class).members()).isEqualTo(1);
      assertThat(probe.next(RoomEvent.Happened.class).data()).isEqualTo("hi");
      assertThat(probe.next(RoomEvent.Left.class).members()).isZero();
      lobby.rooms.unsubscribe(name, ROOM);
      lobby.client().send(JOIN);
      probe.expectNothingFor(Duration.ofSeconds(1));
    }
  }

  private static ProcessSpec<RoomEvent> listener(Name<RoomEvent> name, Probe<RoomEvent> probe) {
    return ProcessSpec.server(RoomEvent.class, () -> (self, event) -> probe.ref().send(event))
        .named(name);
  }

  /// A8: a restarted subscriber is subscribed again without asking.
  @Test
  void aSubscriptionOutlivesItsProcess() {
    explore(
        100,
        world -> {
          Lobby lobby = new Lobby(world);
          Probe<RoomEvent> probe = world.probe(RoomEvent.class);
          Name<RoomEvent> name = Name.of("listener", RoomEvent.class);
          var first = world.node().spawn(listener(name, probe));
          lobby.rooms.subscribe(name, event -> event);
          world.run();
          world.node().exit(first, ExitReason.kill());
          world.run();
          lobby.client().send(JOIN);
          world.run();
          world.node().spawn(listener(name, probe));
          lobby.client().send(JOIN);
          assertThat(probe.next(RoomEvent.Joined.class).members()).isEqualTo(1);
          assertThat(probe.next(RoomEvent.Joined.class).members()).isEqualTo(2);
        });
  }

  /// A room is a group too, whose name has 1,024 bytes at most.
  @Test
  void namesOfRoomsAreBounded() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world, new RoomLimits(2, 10, 300, 3));
      SimulatedClient client = lobby.client();
      client.send(frame("join", '"' + "語".repeat(300) + '"'));
      client.send(frame("join", '"' + "語".repeat(301) + '"'));
      world.run();
      assertThat(lobby.rooms.size("語".repeat(300))).isEqualTo(1);
      assertThat(client.received()).endsWith(frame("error", "{\"message\":\"refused\"}"));
    }
    assertThatThrownBy(() -> new RoomLimits(2, 10, 301, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("names of rooms have at most 300 characters, not 301");
  }

  @Test
  void roomsAreBoundedAndAnEmptyOneMakesWay() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world, new RoomLimits(2, 10, 10, 3));
      SimulatedClient client = lobby.client();
      client.send(frame("join", "\"one\""));
      client.send(frame("join", "\"two\""));
      client.send(frame("join", "\"three\""));
      world.run();
      assertThat(client.received()).endsWith(frame("error", "{\"message\":\"refused\"}"));
      client.send(frame("leave", "\"one\""));
      client.send(frame("join", "\"three\""));
      world.run();
      assertThat(lobby.rooms.names()).containsExactly("three", "two");
    }
  }

  /// A9: not even if all others are in use.
  @Test
  void aRoomThatStaysNeverMakesWay() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world, new RoomLimits(3, 10, 10, 3));
      assertThat(lobby.rooms.open("general")).isTrue();
      SimulatedClient client = lobby.client();
      visitManyRooms(client);
      world.run();
      assertThat(lobby.rooms.names()).contains("general");
      assertThat(lobby.rooms.open("random") && lobby.rooms.open("help")).isTrue();
      assertThat(lobby.rooms.open("another")).isFalse();
      client.send(frame("join", "\"another\""));
      world.run();
      assertThat(client.received()).endsWith(frame("error", "{\"message\":\"refused\"}"));
      assertThat(lobby.rooms.names()).containsExactly("general", "help", "random");
    }
  }

  private static void visitManyRooms(SimulatedClient client) {
    for (int i = 0; i < 100; i++) {
      client.send(frame("join", "\"visit" + i + '"'));
      client.send(frame("leave", "\"visit" + i + '"'));
    }
  }

  /// A10: names that come and go take no history along.
  @Test
  void aRoomThatHasKeptSomethingMakesWayLast() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world, new RoomLimits(3, 10, 10, 3));
      SimulatedClient client = lobby.client();
      client.send(JOIN);
      client.send(frame("say", "\"hello\""));
      client.send(frame("leave", "\"r\""));
      visitManyRooms(client);
      world.run();
      assertThat(lobby.rooms.kept(ROOM)).containsExactly("hello");
    }
  }

  @Test
  void ofRoomsThatHaveKeptSomethingTheLongestUnusedMakesWay() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world, new RoomLimits(3, 10, 10, 3));
      for (String room : List.of("one", "two", "three", "one", "four", "one", "five")) {
        lobby.rooms.broadcastAndKeep(room, Lobby.HEARD, "hello", new Origin("nobody", 1));
      }
      assertThat(lobby.rooms.names()).containsExactly("five", "four", "one");
    }
  }
}
