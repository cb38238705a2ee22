package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is sent while a connection is being made.
@ExtendWith(WorldExtension.class)
class HeldSignalsTest {
  private static final NodeName OTHER = NodeName.of("other");
  private static final Name<String> NAME = Name.of("name", String.class);

  /// One that nobody can encode, one that there is no room for, and others.
  private static final class Choosy implements Carrier {
    final List<Object> carried = new ArrayList<>();

    @Override
    public Carried carry(NodeSignal signal) {
      Object value = signal instanceof NodeSignal.Message message ? message.value() : signal;
      if (value.equals("bad")) {
        throw new IllegalArgumentException("cannot be encoded");
      }
      if (value.equals("much")) {
        return Carried.FULL;
      }
      carried.add(value);
      return Carried.SENT;
    }

    @Override
    public boolean isCrowded(long from) {
      return false;
    }
  }

  @Test
  void failAloneIfTheyCannotBeSent(World world) {
    Node node = world.node();
    List<Object> events = new ArrayList<>();
    node.events().add(NodeUp.class, events::add);
    node.events().add(NodeDown.class, events::add);
    Peer peer = node.connect(OTHER);
    for (String message : List.of("one", "bad", "much", "two")) {
      node.send(NAME.at(OTHER), message);
    }
    Choosy carrier = new Choosy();
    peer.up(1, carrier);
    assertThat(carrier.carried).containsExactly("one", "two");
    assertThat(node.drops().of(DropReason.UNDECODABLE)).isEqualTo(1);
    assertThat(node.drops().of(DropReason.LINK_FULL)).isEqualTo(1);
    assertThat(peer.isUp()).isTrue();
    peer.lost("cut");
    assertThat(events).containsExactly(new NodeUp(OTHER, 1), new NodeDown(OTHER, 1, "cut"));
  }
}
