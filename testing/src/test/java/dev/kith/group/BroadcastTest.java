package dev.kith.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Carrier;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSignal;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class BroadcastTest {
  private static final Group<String> ROOM = Group.of("room", String.class);
  private static final NodeName OTHER = NodeName.of("other");
  private static final int MEMBERS = 1_000;

  /// What is sent to the other node.
  private static Carrier into(List<NodeSignal> carried) {
    return new Carrier() {
      @Override
      public Carried carry(NodeSignal signal) {
        carried.add(signal);
        return Carried.SENT;
      }

      @Override
      public boolean isCrowded(long from) {
        return false;
      }
    };
  }

  @Test
  void crossesALinkOnceWhateverTheNumberOfMembersBehindIt(World world) {
    Node node = world.node();
    List<NodeSignal> carried = new ArrayList<>();
    node.connect(OTHER).up(1, into(carried));
    SpanningScope span = SpanningScope.on(node, "test", (_, _) -> {});
    List<Row> rows =
        LongStream.rangeClosed(1, MEMBERS)
            .mapToObj(serial -> new Row("room", String.class.getName(), serial, 1))
            .toList();
    assertThat(span.apply(OTHER, 1, 0, rows)).isTrue();
    assertThat(span.scope().broadcast(ROOM, "hello")).isEqualTo(MEMBERS);
    assertThat(carried).containsExactly(new NodeSignal.Broadcast(0, "test", "room", "hello", null));
  }
}
