package dev.kith.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.Deed;
import dev.kith.process.NodeName;
import org.junit.jupiter.api.Test;

class ShopRulesTest {
  private static boolean permits(String node, Deed deed) {
    return ShopRules.access().permission().permits(NodeName.of(node), deed);
  }

  @Test
  void workersSendToTheDeskAndShopsDoEverything() {
    assertThat(permits("worker-7", new Deed.Send("desk"))).isTrue();
    assertThat(permits("worker-7", new Deed.Send("till"))).isFalse();
    assertThat(permits("worker-7", new Deed.Exit("desk"))).isFalse();
    assertThat(permits("shop-1", new Deed.Exit("desk"))).isTrue();
  }
}
