package dev.kith.app.chat;

import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.group.Scope;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.testing.SimulatedClient;
import dev.kith.testing.SimulatedLoop;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The chat in the world: what clients get, whatever happens to its processes in the meantime.
class ChatTest {
  private static final Pattern SAID =
      Pattern.compile("\\{\"event\":\"chat\",\"data\":\\{.*?\"message\":\"(\\w+)\"");
  private static final Pattern COUNT = Pattern.compile("has joined.*\"count\":(\\d+)");

  /// Three clients on two event loops, in one room.
  private static final class Party {
    final Node node;
    final List<SimulatedClient> clients = new ArrayList<>();

    Party(World world) {
      node = world.node();
      Chat chat = Chat.start(node, Scope.on(node));
      List<SimulatedLoop> loops = List.of(SimulatedLoop.on(node), SimulatedLoop.on(node));
      for (int i = 0; i < 3; i++) {
        clients.add(SimulatedClient.open(world, chat.endpoint(), loops.get(i % 2)));
      }
      world.run();
    }

    void join() {
      clients.forEach(client -> client.send("{\"event\":\"join\",\"data\":\"general\"}"));
    }

    void say(int client, String message) {
      clients
          .get(client)
          .send(
              """
              {"event":"chat","data":{"room":"general","username":"u","message":"%s"}}\
              """
                  .formatted(message));
    }

    void kill(Name<?> name) {
      node.whereis(name).ifPresent(process -> node.exit(process, ExitReason.kill()));
    }

    List<String> heardBy(int client) {
      return found(SAID, client);
    }

    List<String> found(Pattern pattern, int client) {
      List<String> all = new ArrayList<>();
      for (String text : clients.get(client).received()) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
          all.add(matcher.group(1));
        }
      }
      return all;
    }
  }

  /// A10: the chat processor is killed again and again while everybody speaks: nothing is lost,
  /// nothing comes twice, and the order is one for all and each speaker's own.
  @Test
  void nothingIsLostOrDoubledWhenTheChatProcessorIsKilled() {
    explore(
        200,
        world -> {
          Party party = new Party(world);
          party.join();
          world.run();
          for (int i = 0; i < 10; i++) {
            for (int client = 0; client < 3; client++) {
              party.say(client, "c" + client + "n" + i);
            }
            if (world.below(3) == 0) {
              int steps = world.below(40);
              int before = party.heardBy(0).size();
              world.until(
                  () -> party.heardBy(0).size() >= before + Math.min(steps, 2),
                  Duration.ofSeconds(9));
              party.kill(ChatSpeaker.NAME);
            }
          }
          world.advance(Duration.ofSeconds(10));
          List<String> first = party.heardBy(0);
          assertThat(first).hasSize(30).doesNotHaveDuplicates();
          assertThat(party.heardBy(1)).isEqualTo(first);
          assertThat(party.heardBy(2)).isEqualTo(first);
          for (int client = 0; client < 3; client++) {
            String own = "c" + client;
            assertThat(first.stream().filter(text -> text.startsWith(own)).toList())
                .isSorted()
                .hasSize(10);
          }
        });
  }

  /// A10, A8: history and subscription outlive both processes.
  @Test
  void theChatGoesOnWhenEitherProcessIsKilled() {
    explore(
        200,
        world -> {
          Party party = new Party(world);
          party.say(0, "early");
          party.clients.get(0).send("{\"event\":\"join\",\"data\":\"general\"}");
          party.say(0, "before");
          world.run();
          party.kill(ChatSpeaker.NAME);
          party.kill(RoomKeeper.NAME);
          world.run();
          party.clients.get(1).send("{\"event\":\"join\",\"data\":\"general\"}");
          party.say(1, "after");
          world.advance(Duration.ofSeconds(1));
          assertThat(party.heardBy(0)).containsExactly("before", "after");
          assertThat(party.found(COUNT, 0)).containsExactly("1", "2");
          assertThat(party.clients.get(1).received())
              .anyMatch(text -> text.contains("room_history") && text.contains("\"before\""));
          assertThat(party.clients.get(0).received())
              .anyMatch(text -> text.contains("\"error\"") && text.contains("join 'general'"));
        });
  }
}
