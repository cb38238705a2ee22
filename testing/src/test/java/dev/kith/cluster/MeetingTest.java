package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Nodes meet, talk and part.
@ExtendWith(WorldExtension.class)
class MeetingTest {
  private static final Name<Words> ECHO = Name.of("echo", Words.class);

  private static ProcessSpec<Words> echo() {
    return ProcessSpec.server(
            Words.class,
            () ->
                (self, message) -> {
                  if (message instanceof Words.Echo echo) {
                    self.reply(echo, echo.text() + "!");
                  }
                })
        .named(ECHO);
  }

  @Test
  void twoNodesMeetAndTalk(World world) {
    Nodes nodes = new Nodes(world);
    Node a = nodes.start("a");
    Node b = nodes.start("b", "a:1");
    a.spawn(echo());
    nodes.meet("a", "b");
    assertThat(
            b.<String, Words.Echo>call(
                ECHO.at(NodeName.of("a")), new Words.Echo("hello"), Duration.ofSeconds(5)))
        .isEqualTo("hello!");
  }

  @Test
  void whoKnowsOneMeetsAll(World world) {
    Nodes nodes = new Nodes(world);
    nodes.start("a");
    nodes.start("b", "a:1");
    nodes.start("c", "b:1");
    nodes.start("d", "c:1");
    nodes.meet("a", "b", "c", "d");
  }
}
