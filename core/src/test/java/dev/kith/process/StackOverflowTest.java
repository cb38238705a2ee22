package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Design rule 7: a sender that runs out of stack in the middle of a send leaves nobody deaf.
class StackOverflowTest {
  private static final int RECEIVERS = 64;

  record Check() implements Request<Integer> {}

  private static final class Receiver implements Server<Object> {
    private int heard;

    @Override
    public void handle(Self<Object> self, Object message) {
      heard++;
      if (message instanceof Check check) {
        self.reply(check, heard);
      }
    }
  }

  private static List<ProcessRef<Object>> receivers(Node node) {
    List<ProcessRef<Object>> receivers = new ArrayList<>();
    for (int i = 0; i < RECEIVERS; i++) {
      receivers.add(node.spawn(Object.class, Receiver::new));
    }
    return receivers;
  }

  /// Sends at every depth on the way down to the stack's end, then again from where it stands.
  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static int sendDownwards(List<ProcessRef<Object>> receivers, int depth, int padding) {
    if (depth > padding) {
      receivers.get(depth % RECEIVERS).send(depth);
    }
    return sendDownwards(receivers, depth + 1, padding) + 1;
  }

  private static void overflow(List<ProcessRef<Object>> receivers, int padding) {
    try {
      sendDownwards(receivers, 0, padding);
    } catch (StackOverflowError expected) {
      // the point of it
    }
  }

  private static void assertAllHear(Node node, List<ProcessRef<Object>> receivers) {
    for (ProcessRef<Object> receiver : receivers) {
      assertThat(node.<Integer, Check>call(receiver, new Check(), RealNode.PATIENCE)).isPositive();
    }
  }

  /// From a server, which goes on; from one that ends of it; from a body; from a thread outside.
  @Test
  void inASendLeavesNobodyDeaf() throws Exception {
    try (RealNode real = RealNode.start()) {
      List<ProcessRef<Object>> receivers = receivers(real.node);
      long until = System.nanoTime() + RealNode.stressNanos(0.1);
      AtomicInteger padding = new AtomicInteger();
      while (System.nanoTime() < until) {
        CountDownLatch done = new CountDownLatch(4);
        Runnable work =
            () -> {
              overflow(receivers, padding.getAndIncrement() % 500);
              done.countDown();
            };
        real.node.spawn(Object.class, () -> (_, _) -> work.run()).send("go");
        real.node
            .spawn(
                Object.class,
                () ->
                    (_, _) -> {
                      done.countDown();
                      sendDownwards(receivers, 0, padding.getAndIncrement() % 500);
                    })
            .send("go");
        real.node.spawn(Object.class, (Body<Object>) (_, _) -> work.run());
        Thread.ofPlatform().daemon().start(work);
        RealNode.await("all overflows", done);
      }
      assertAllHear(real.node, receivers);
    }
  }

  /// In a spawn: the new process lives or does not, and its name with it.
  @Test
  void inASpawnLeavesNoHalfBornProcess() throws Exception {
    try (RealNode real = RealNode.start()) {
      for (int i = 0; i < 50; i++) {
        CountDownLatch done = new CountDownLatch(1);
        real.node
            .spawn(
                Object.class,
                () ->
                    (self, _) -> {
                      try {
                        spawnDownwards(self, 0);
                      } catch (StackOverflowError expected) {
                        done.countDown();
                      }
                    })
            .send("go");
        RealNode.await("the overflow", done);
      }
      for (ProcessSnapshot snapshot : real.node.processes()) {
        assertThat(real.node.inspect(real.node.find(snapshot.pid()), RealNode.PATIENCE))
            .as("a picture of %s", snapshot.pid())
            .isPresent();
      }
    }
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static int spawnDownwards(Self<Object> self, int depth) {
    if (depth % 100 == 0) {
      self.spawn(ProcessSpec.server(Object.class, Receiver::new));
    }
    return spawnDownwards(self, depth + 1) + 1;
  }
}
