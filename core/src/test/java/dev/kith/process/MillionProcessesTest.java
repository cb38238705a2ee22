package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A1.
class MillionProcessesTest {
  private static final int COUNT = 1_000_000;

  /// A million processes live at the same time, each answers, and all end with their node.
  @Test
  @Tag("slow")
  void liveAtOnce() throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch heard = new CountDownLatch(COUNT);
      List<ProcessRef<String>> all = new ArrayList<>(COUNT);
      for (int i = 0; i < COUNT; i++) {
        all.add(real.node.spawn(String.class, () -> (_, _) -> heard.countDown()));
      }
      assertThat(real.node.processCount()).isEqualTo(COUNT);
      all.forEach(process -> process.send("are you there"));
      RealNode.await("a million handlers", heard);
      all.forEach(process -> real.node.exit(process, ExitReason.shutdown()));
      RealNode.await("a million ends", () -> real.node.processCount() == 0);
      assertThat(real.node.processes()).isEmpty();
    }
  }
}
