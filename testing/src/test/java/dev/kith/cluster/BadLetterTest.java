package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.observe.DropReason;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.RemoteName;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// B6: a message that cannot be sent or opened harms nobody.
@ExtendWith(WorldExtension.class)
class BadLetterTest {
  private static final Name<Bomb> EAR = Name.of("ear", Bomb.class);
  private static final Types TYPES = Types.of(Bomb.class);
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private static boolean armed;

  private final World world;
  private final List<Bomb> heard = new ArrayList<>();
  private final Node a;
  private final Node b;

  /// Its constructor throws what no codec throws.
  record Bomb(String text) {
    Bomb {
      if (armed) {
        throw new AssertionError("armed");
      }
    }
  }

  BadLetterTest(World world) {
    this.world = world;
    Nodes nodes = new Nodes(world);
    this.a = nodes.start("a", ClusterSpec.listening("a:1", TYPES));
    LinkLimits narrow = LinkLimits.standard().withSignal(1 << 20);
    this.b =
        nodes.start("b", ClusterSpec.listening("b:1", TYPES).withJoin("a:1").withLimits(narrow));
    nodes.meet("a", "b");
  }

  @AfterEach
  void disarm() {
    armed = false;
  }

  private ProcessRef<Bomb> ear() {
    return b.spawn(
        ProcessSpec.server(Bomb.class, () -> (_, message) -> heard.add(message)).named(EAR));
  }

  @Test
  void anErrorWhileItIsOpenedEndsNobody() {
    ProcessRef<Bomb> ear = ear();
    RemoteName<Bomb> to = EAR.at(b.name());
    a.send(to, new Bomb("first"));
    world.until(() -> b.mailboxDepth(ear) + heard.size() > 0, A_MOMENT);
    world.advance(A_MOMENT);
    Bomb second = new Bomb("second");
    armed = true;
    a.send(to, second);
    world.advance(A_MOMENT);
    armed = false;
    a.send(to, new Bomb("third"));
    world.advance(A_MOMENT);
    assertThat(heard).containsExactly(new Bomb("first"), new Bomb("third"));
    assertThat(b.drops().of(DropReason.UNDECODABLE)).isEqualTo(1);
    b.exit(ear, ExitReason.kill());
    world.run();
    assertThat(b.isAlive(ear)).isFalse();
  }

  /// What the other side does not take fails here, and the connection lives.
  @Test
  void whatIsTooLongForTheOtherFailsAtItsSender() {
    ProcessRef<Bomb> ear = ear();
    Bomb tooLong = new Bomb("x".repeat(1 << 20));
    assertThatThrownBy(() -> a.send(EAR.at(b.name()), tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576 allowed");
    a.send(EAR.at(b.name()), new Bomb("short"));
    world.advance(A_MOMENT);
    assertThat(heard).containsExactly(new Bomb("short"));
    assertThat(b.isAlive(ear)).isTrue();
  }
}
