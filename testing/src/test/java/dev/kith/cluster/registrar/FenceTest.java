package dev.kith.cluster.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.NodeName;
import org.junit.jupiter.api.Test;

/// D4: whoever was replaced is refused by those who have seen the next.
class FenceTest {
  private static Lease lease(String name, long token) {
    return new Lease(name, NodeName.of("n" + token), token, token, "");
  }

  @Test
  void whoWasReplacedIsRefused() {
    Fence fence = new Fence();
    assertThat(fence.admits(lease("job", 3))).isTrue();
    assertThat(fence.admits(lease("job", 3))).isTrue();
    assertThat(fence.admits(lease("job", 5))).isTrue();
    assertThat(fence.admits(lease("job", 3))).isFalse();
    assertThat(fence.admits(lease("job", 5))).isTrue();
    assertThat(fence.admits(lease("other", 1))).as("another lease").isTrue();
  }
}
