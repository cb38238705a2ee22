package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What watches over the other tests does see something.
@ExtendWith(Clean.class)
class CleanTest {
  @Test
  void aLostBufferIsFound() {
    lose();
    Eventually.holds(
        "it is reported",
        () -> {
          Clean.findLeaks();
          return !Clean.LEAKS.isEmpty();
        });
    assertThat(Clean.LEAKS.remove()).contains("lose");
    Clean.LEAKS.clear();
  }

  private static void lose() {
    PooledByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
  }
}
