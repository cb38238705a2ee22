package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Messages on real threads: in order, none lost, none twice.
class SendStressTest {
  private static final int SENDERS = 8;
  private static final int NUMBERS = 10_000;

  record Numbered(int sender, int number) {}

  /// Notes the first message that is not the next of its sender.
  private static final class Collector implements Server<Numbered> {
    private final int[] next = new int[SENDERS];
    private final CountDownLatch done;
    private final AtomicInteger wrong;
    private int left = SENDERS * NUMBERS;

    Collector(CountDownLatch done, AtomicInteger wrong) {
      this.done = done;
      this.wrong = wrong;
    }

    @Override
    public void handle(Self<Numbered> self, Numbered message) {
      if (next[message.sender()]++ != message.number()) {
        wrong.incrementAndGet();
      }
      if (--left == 0) {
        done.countDown();
      }
    }
  }

  /// A2: 10,000 numbered messages from each of 8 threads arrive in order.
  @Test
  void threadsAreHeardInOrder() throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(1);
      AtomicInteger wrong = new AtomicInteger();
      ProcessRef<Numbered> collector =
          real.node.spawn(Numbered.class, () -> new Collector(done, wrong));
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        Thread.ofPlatform().start(() -> sendAll(collector, sender));
      }
      RealNode.await("all messages", done);
      assertThat(wrong).hasValue(0);
      assertThat(real.node.drops().total()).isZero();
    }
  }

  /// A2: the same from 8 processes, servers and bodies.
  @Test
  void processesAreHeardInOrder() throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(1);
      AtomicInteger wrong = new AtomicInteger();
      ProcessRef<Numbered> collector =
          real.node.spawn(Numbered.class, () -> new Collector(done, wrong));
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        if (i % 2 == 0) {
          real.node.spawn(Object.class, (Body<Object>) (_, _) -> sendAll(collector, sender));
        } else {
          real.node.spawn(Object.class, () -> (_, _) -> sendAll(collector, sender)).send("go");
        }
      }
      RealNode.await("all messages", done);
      assertThat(wrong).hasValue(0);
    }
  }

  private static void sendAll(ProcessRef<Numbered> to, int sender) {
    for (int number = 0; number < NUMBERS; number++) {
      to.send(new Numbered(sender, number));
    }
  }

  /// One ball between two processes.
  record Ball(int left, ProcessRef<Ball> back) {}

  /// A body that hits like the servers do.
  private static void play(ProcessRef<Ball> me, Inbox<Ball> inbox) {
    while (true) {
      hit(inbox.receive(), me);
    }
  }

  private static void hit(Ball ball, ProcessRef<Ball> me) {
    ball.back().send(new Ball(ball.left() - 1, me));
  }

  /// 1,000 pairs at the same time, of servers and of a server and a body, all come to their end.
  @Test
  void pairsKeepGoing() throws Exception {
    int pairs = 1_000;
    int rounds = 200;
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(pairs);
      for (int i = 0; i < pairs; i++) {
        ProcessRef<Ball> other =
            i % 10 == 0
                ? real.node.spawn(Ball.class, (Body<Ball>) (self, inbox) -> play(self.ref(), inbox))
                : real.node.spawn(Ball.class, () -> (self, ball) -> hit(ball, self.ref()));
        ProcessRef<Ball> one =
            real.node.spawn(
                Ball.class,
                () ->
                    (self, ball) -> {
                      if (ball.left() <= 0) {
                        done.countDown();
                      } else {
                        hit(ball, self.ref());
                      }
                    });
        one.send(new Ball(rounds, other));
      }
      RealNode.await("the end of all pairs", done);
    }
  }

  /// JVM-4: what one process did before it sent is seen by who receives: a plain array, passed
  /// around a ring.
  @Test
  void handsOverWhatWasWrittenBefore() throws Exception {
    int size = 100;
    int laps = 300;
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(1);
      int[] plain = new int[1];
      List<ProcessRef<Integer>> ring = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int index = i;
        ring.add(
            real.node.spawn(
                Integer.class,
                () ->
                    (_, left) -> {
                      plain[0]++;
                      if (left == 0) {
                        done.countDown();
                      } else {
                        ring.get((index + 1) % size).send(left - 1);
                      }
                    }));
      }
      ring.getFirst().send(size * laps);
      RealNode.await("the ring's end", done);
      assertThat(plain[0]).isEqualTo(size * laps + 1);
    }
  }
}
