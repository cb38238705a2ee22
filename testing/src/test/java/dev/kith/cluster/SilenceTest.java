package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.NodeDown;
import dev.kith.testing.Exploration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// NOD-3, NOD-4, B4: how long it takes until silence is noticed.
class SilenceTest {
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  /// Between T(1 - 1/I) and T(1 + 1/I), where T is all intervals together and I how many they are.
  @Test
  void isNoticedWithinItsBounds() {
    Heartbeat heartbeat = Heartbeat.standard();
    Duration least = heartbeat.interval().multipliedBy(heartbeat.missed() - 1);
    Duration most = heartbeat.interval().multipliedBy(heartbeat.missed() + 1);
    assertThat(most).isLessThan(AT_MOST);
    Exploration.explore(
        200,
        world -> {
          Nodes nodes = new Nodes(world);
          nodes.start("a");
          nodes.start("b", "a:1");
          nodes.meet("a", "b");
          world.advance(Duration.ofMillis(world.below(3_000)));
          List<Duration> noticed = new ArrayList<>();
          List<String> reasons = new ArrayList<>();
          for (String name : List.of("a", "b")) {
            world
                .node(name)
                .events()
                .add(
                    NodeDown.class,
                    down -> {
                      noticed.add(world.now());
                      reasons.add(down.reason());
                    });
          }
          Duration begin = world.now();
          world.network().separate("a", "b");
          world.until(() -> noticed.size() == 2, AT_MOST);
          for (Duration at : noticed) {
            assertThat(at.minus(begin)).isBetween(least, most.plusMillis(10));
          }
          assertThat(reasons).containsOnly("no sign of life");
        });
  }
}
