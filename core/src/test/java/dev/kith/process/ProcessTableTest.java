package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

  private static LocalProcess<?> process(Node node, long serial) {
    return new Tombstone(node, new Pid(node.name(), serial, node.incarnation()));
  }

  /// Serials are never used twice, and 0 is nobody.
  @Test
  void givesEachSerialOnce() {
    ProcessTable table = new ProcessTable(1);
    Set<Long> serials = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      long serial = table.reserve();
      assertThat(serial).isPositive();
      assertThat(serials.add(serial)).isTrue();
      table.remove(serial);
    }
  }

  /// What was added is found until it is removed, and listed by serial.
  @Test
  void findsWhatIsThere() {
    try (RealNode real = RealNode.start()) {
      ProcessTable table = new ProcessTable(1);
      List<LocalProcess<?>> added = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        LocalProcess<?> process = process(real.node, table.reserve());
        table.add(process);
        added.add(process);
      }
      for (int i = 0; i < 200; i += 2) {
        table.remove(added.get(i).serial);
      }
      for (int i = 0; i < 200; i++) {
        assertThat(table.find(added.get(i).serial)).isSameAs(i % 2 == 0 ? null : added.get(i));
      }
      assertThat(table.all())
          .hasSize(100)
          .isSortedAccordingTo((a, b) -> a.pid().compareTo(b.pid()));
      assertThat(table.find(0)).isNull();
      assertThat(table.find(1_000_000)).isNull();
      assertThatThrownBy(() -> table.remove(1_000_000)).isInstanceOf(IllegalStateException.class);
    }
  }

  /// Many threads at once.
  @Test
  void standsContention() throws Exception {
    int threads = 4;
    int each = 50_000;
    try (RealNode real = RealNode.start()) {
      ProcessTable table = new ProcessTable(2);
      CountDownLatch done = new CountDownLatch(threads);
      Set<Long> wrong = new HashSet<>();
      for (int i = 0; i < threads; i++) {
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              for (int j = 0; j < each; j++) {
                LocalProcess<?> process = process(real.node, table.reserve());
                table.add(process);
                if (table.find(process.serial) != process) {
                  synchronized (wrong) {
                    wrong.add(process.serial);
                  }
                }
                table.remove(process.serial);
              }
              done.countDown();
            });
      }
      RealNode.await("all threads", done);
      assertThat(wrong).isEmpty();
      assertThat(table.all()).isEmpty();
    }
  }
}
