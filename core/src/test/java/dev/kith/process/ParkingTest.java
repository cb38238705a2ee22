package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Design rule 14: no wake-up is lost. A lost one would stop a test for ever, because nobody else
/// wakes the workers.
class ParkingTest {

  record Ping(int number) implements Request<Integer> {}

  private static ProcessRef<Ping> echo(Node node) {
    return node.spawn(Ping.class, () -> (self, ping) -> self.reply(ping, ping.number()));
  }

  /// Threads outside wake idle workers at any moment of their falling asleep.
  @Test
  void threadsOutsideAreHeard() throws Exception {
    int threads = 3;
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(threads);
      AtomicLong cycles = new AtomicLong();
      AtomicInteger wrong = new AtomicInteger();
      long until = System.nanoTime() + RealNode.stressNanos(0.15);
      for (int i = 0; i < threads; i++) {
        SplittableRandom chance = new SplittableRandom(i);
        ProcessRef<Ping> echo = echo(real.node);
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              int number = 0;
              while (System.nanoTime() < until) {
                if (real.node.<Integer, Ping>call(echo, new Ping(number), RealNode.PATIENCE)
                    != number) {
                  wrong.incrementAndGet();
                }
                number++;
                dawdle(chance);
              }
              cycles.addAndGet(number);
              done.countDown();
            });
      }
      RealNode.await("all threads", done);
      assertThat(wrong).hasValue(0);
      assertThat(cycles.get()).isGreaterThan(1_000);
    }
  }

  /// From no time at all to longer than a worker looks for work.
  private static void dawdle(SplittableRandom chance) {
    long end = System.nanoTime() + chance.nextInt(120_000);
    if (chance.nextInt(4) == 0) {
      LockSupport.parkNanos(chance.nextInt(100_000));
    }
    RealNode.spinUntil(() -> System.nanoTime() > end);
  }

  /// Sparse timers wake whoever sleeps, the monitor thread asleep too.
  @Test
  void timersAreHeard() throws Exception {
    int rings = 40;
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(rings);
      real.node.spawn(
          ProcessSpec.server(
              String.class,
              () ->
                  new Server<>() {
                    @Override
                    public void started(Self<String> self) {
                      self.sendAfter(Duration.ofMillis(1), "ring");
                    }

                    @Override
                    public void handle(Self<String> self, String ring) {
                      done.countDown();
                      self.sendAfter(Duration.ofMillis(1 + done.getCount() % 7), "ring");
                    }
                  }));
      RealNode.await("all rings", done);
    }
  }

  /// Bodies are woken too, whoever sends.
  @Test
  void bodiesAreWoken() throws Exception {
    int rounds = 5_000;
    try (RealNode real = RealNode.start()) {
      ProcessRef<Ping> body =
          real.node.spawn(
              Ping.class,
              (self, inbox) -> {
                while (true) {
                  Ping ping = inbox.receive();
                  self.reply(ping, ping.number());
                }
              });
      CountDownLatch done = new CountDownLatch(3);
      Runnable work =
          () -> {
            for (int i = 0; i < rounds; i++) {
              real.node.<Integer, Ping>call(body, new Ping(i), RealNode.PATIENCE);
            }
            done.countDown();
          };
      Thread.ofPlatform().daemon().start(work);
      real.node.spawn(Object.class, (Body<Object>) (_, _) -> work.run());
      real.node.spawn(Object.class, () -> (_, _) -> work.run()).send("go");
      RealNode.await("all callers", done);
    }
  }
}
