package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Links and monitors while both sides act at the same moment, which the world never shows.
class LinkStressTest {

  /// Does random things to a peer, and then asks itself whether it is done.
  record Hammer(ProcessRef<Object> peer, long seed, CountDownLatch done) {}

  private static final class Smith implements Server<Object> {
    @Override
    public void handle(Self<Object> self, Object message) {
      if (message instanceof Hammer(ProcessRef<Object> peer, long seed, CountDownLatch done)) {
        SplittableRandom chance = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
          if (chance.nextBoolean()) {
            self.link(peer);
          } else {
            self.unlink(peer);
          }
        }
        done.countDown();
      }
    }
  }

  private static boolean isLinked(Node node, ProcessRef<Object> one, ProcessRef<Object> other) {
    return node.inspect(one, RealNode.PATIENCE).orElseThrow().links().contains(other.pid());
  }

  /// LNK-2: however linking and unlinking cross, both sides agree at rest.
  @Test
  void bothSidesAgreeAtRest() throws Exception {
    try (RealNode real = RealNode.start()) {
      long until = real.node.clock().nanos() + RealNode.stressNanos(0.05);
      for (int round = 0; round < 200 || real.node.clock().nanos() < until; round++) {
        ProcessRef<Object> one = real.node.spawn(Object.class, Smith::new);
        ProcessRef<Object> other = real.node.spawn(Object.class, Smith::new);
        CountDownLatch done = new CountDownLatch(2);
        one.send(new Hammer(other, 2L * round, done));
        other.send(new Hammer(one, 2L * round + 1, done));
        RealNode.await("both hammers", done);
        // what is still on its way has gone both ways after each was asked once
        for (int i = 0; i < 3; i++) {
          isLinked(real.node, one, other);
          isLinked(real.node, other, one);
        }
        assertThat(isLinked(real.node, one, other)).isEqualTo(isLinked(real.node, other, one));
        real.node.exit(one, ExitReason.kill());
        real.node.exit(other, ExitReason.kill());
      }
    }
  }

  /// MON-1: processes that end while they are being watched tell each watcher once.
  @Test
  void everyMonitorTellsOnce() throws Exception {
    int watchers = 8;
    int targets = 2_000;
    try (RealNode real = RealNode.start()) {
      List<ProcessRef<String>> all = new ArrayList<>();
      for (int i = 0; i < targets; i++) {
        all.add(real.node.spawn(String.class, () -> (self, _) -> self.exit(ExitReason.shutdown())));
      }
      AtomicInteger wrong = new AtomicInteger();
      CountDownLatch told = new CountDownLatch(watchers * targets);
      for (int i = 0; i < watchers; i++) {
        boolean[] heard = new boolean[targets];
        real.node
            .spawn(
                Object.class,
                () ->
                    (self, message) -> {
                      if (message instanceof Integer target) {
                        if (heard[target]) {
                          wrong.incrementAndGet();
                        }
                        heard[target] = true;
                        told.countDown();
                      } else {
                        for (int j = 0; j < targets; j++) {
                          int target = j;
                          self.monitor(all.get(j), _ -> target);
                        }
                      }
                    })
            .send("watch");
      }
      all.forEach(target -> target.send("end"));
      RealNode.await("all downs", told);
      assertThat(wrong).hasValue(0);
    }
  }
}
