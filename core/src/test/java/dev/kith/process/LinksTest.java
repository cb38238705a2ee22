package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static LocalProcess<?> process(Node node, long serial) {
    return new Tombstone(node, new Pid(node.name(), serial, node.incarnation()));
  }

  /// Few or many, they are found by peer, in the order they were made, until removed.
  @Test
  void areFoundByPeerInTheOrderTheyWereMade() {
    try (RealNode real = RealNode.start()) {
      for (int count : new int[] {1, 8, 9, 100}) {
        Links links = new Links();
        LocalProcess<?> owner = process(real.node, 1_000);
        List<Pid> pids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          LocalProcess<?> peer = process(real.node, 2_000 - i);
          links.add(new Link(owner, peer));
          pids.add(peer.pid());
        }
        assertThat(links.peers()).isEqualTo(pids);
        assertThat(links.size()).isEqualTo(count);
        links.remove(links.find(process(real.node, 2_000)));
        assertThat(links.find(process(real.node, 2_000))).isNull();
        assertThat(links.peers()).isEqualTo(pids.subList(1, count));
      }
    }
  }

  /// An inactive one is there for the protocol, not for people.
  @Test
  void showOnlyActiveOnes() {
    try (RealNode real = RealNode.start()) {
      Links links = new Links();
      Link link = new Link(process(real.node, 1), process(real.node, 2));
      links.add(link);
      link.deactivate(links.nextUnlinkId());
      assertThat(links.peers()).isEmpty();
      assertThat(links.size()).isEqualTo(1);
      assertThat(link.isEndedBy(2)).isFalse();
      assertThat(link.isEndedBy(1)).isTrue();
      link.activate();
      assertThat(link.isEndedBy(1)).isFalse();
      assertThat(links.nextUnlinkId()).isEqualTo(2);
    }
  }
}
