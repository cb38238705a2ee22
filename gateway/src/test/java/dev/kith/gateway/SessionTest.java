package dev.kith.gateway;

import static dev.kith.gateway.Lobby.ROOM;
import static dev.kith.gateway.Lobby.frame;
import static dev.kith.gateway.Lobby.heard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSnapshot;
import dev.kith.testing.SimulatedClient;
import dev.kith.testing.World;
import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Headers;
import dev.kith.wire.web.Method;
import dev.kith.wire.web.WebRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {

  @Test
  void aClientsEventsAreHandledInTheOrderSent() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      SimulatedClient client = lobby.client();
      client.send(frame("note", "{\"text\":\"a\",\"stars\":1}"));
      client.send(frame("ping", "null"));
      client.send("{\"event\":\"ping\"}");
      world.run();
      assertThat(client.received())
          .containsExactly(heard("hello"), heard("a1"), heard("pong"), heard("pong"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          nonsense                                                   | not JSON
          [1]                                                        | an event looks like
          {"event":1,"data":2}                                       | an event looks like
          {"event":"dance","data":1}                                 | unknown event 'dance'
          {"event":"join"}                                           | 'join' needs data
          {"event":"join","data":null}                               | 'join' needs data
          {"event":"join","data":5}                                  | the data of 'join' is wrong
          {"event":"join","data":["r"]}                              | the data of 'join' is wrong
          {"event":"note","data":{"text":"a","stars":-1}}            | 'stars' is not negative
          {"event":"note","data":{"text":"a","stars":"many"}}        | the data of 'note' is wrong
          {"event":"ping","data":1} {"event":"ping"}                 | not JSON
          """)
  void whatIsWrongIsAnErrorAndTheConnectionStays(String message, String why) {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      SimulatedClient client = lobby.client();
      client.send(message);
      client.send("{\"event\":\"ping\"}");
      world.run();
      assertThat(client.received()).hasSize(3).last().isEqualTo(heard("pong"));
      assertThat(client.received().get(1)).startsWith("{\"event\":\"error\"").contains(why);
    }
  }

  @Test
  void aSessionLeavesItsRoomsWhenItsConnectionEnds() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      SimulatedClient client = lobby.client();
      client.send(frame("join", "\"r\""));
      world.run();
      assertThat(lobby.rooms.size(ROOM)).isEqualTo(1);
      client.close();
      world.run();
      assertThat(lobby.rooms.size(ROOM)).isZero();
      assertThat(lobby.gateway.online()).isZero();
    }
  }

  /// A3: a fault in a handler ends that session, its connection, and nothing else.
  @Test
  void aFaultInAHandlerEndsOnlyItsSession() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      SimulatedClient faulty = lobby.client();
      SimulatedClient other = lobby.client();
      faulty.send(frame("join", "\"r\""));
      other.send(frame("join", "\"r\""));
      faulty.send("{\"event\":\"fault\"}");
      world.run();
      other.send("{\"event\":\"ping\"}");
      world.run();
      assertThat(faulty.isClosed()).isTrue();
      assertThat(other.isClosed()).isFalse();
      assertThat(other.received()).last().isEqualTo(heard("pong"));
      assertThat(lobby.rooms.size(ROOM)).isEqualTo(1);
    }
  }

  @Test
  void aKilledSessionIsClosedAndOutOfItsRooms() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      SimulatedClient client = lobby.client();
      client.send(frame("join", "\"r\""));
      world.run();
      ProcessSnapshot session =
          world.node().processes().stream()
              .filter(one -> one.protocol() == SessionMessage.class)
              .findFirst()
              .orElseThrow();
      ProcessRef<?> ref = world.node().find(session.pid());
      world.node().exit(ref, ExitReason.kill());
      world.run();
      assertThat(client.isClosed()).isTrue();
      assertThat(lobby.rooms.size(ROOM)).isZero();
    }
  }

  @Test
  void aDrainingGatewayRefusesBeforeTheUpgrade() {
    try (World world = World.of(1)) {
      Lobby lobby = new Lobby(world);
      lobby.gateway.drain();
      WebRequest request =
          new WebRequest(
              Method.GET,
              "/",
              Map.of(),
              Headers.none(),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
      assertThat(lobby.gateway.admit(request))
          .isInstanceOfSatisfying(
              Admission.Refused.class,
              refused -> assertThat(refused.response().status().code()).isEqualTo(503));
    }
  }
}
