package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.Events;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Run queues that one node leaves and another enters: whatever the threads of the first were at,
/// those of the second start from nothing.
class LaterLivesTest {
  private final SplittableRandom random = Stress.random();
  private final Events events = new Events();
  private final Machine machine = new Machine(2);

  /// A worker is dismissed while it runs, searches, falls asleep or sleeps.
  @Test
  void theNextNodeIsServed() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(1_000); round++) {
      machine.queues.enter(events);
      runOne();
      Stress.linger(random, 150_000);
      machine.queues.leave(events);
    }
    machine.queues.enter(events);
    runOne();
    machine.awaitRest();
    machine.queues.leave(events);
  }

  /// A worker that is stuck outlives its node, and what it has woken is not lost.
  @Test
  void aWorkerThatComesBackLaterDisturbsNobody() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(15); round++) {
      AtomicBoolean returns = new AtomicBoolean();
      CountDownLatch woken = new CountDownLatch(1);
      machine.queues.enter(events);
      stick(returns, new Chore(woken::countDown));
      machine.queues.leave(events);
      machine.queues.enter(events);
      runOne();
      returns.set(true);
      await(woken);
      runOne();
      machine.awaitRest();
      machine.queues.leave(events);
    }
  }

  private void stick(AtomicBoolean returns, Chore wakes) throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    machine.queues.schedule(
        new Chore(() -> {
          stuck.countDown();
          while (!returns.get()) {
            Thread.onSpinWait();
          }
          ((Worker) Thread.currentThread()).enqueue(wakes);
        }));
    await(stuck);
    Stress.linger(random, 20_000_000); // until it is found stuck, or not yet
  }

  private void runOne() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    machine.queues.schedule(new Chore(ran::countDown));
    await(ran);
  }

  private void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(Stress.LONG.toSeconds(), TimeUnit.SECONDS))
        .as("the turn is run: %s", machine.queues.census())
        .isTrue();
  }
}
