package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.Events;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Workers that fall asleep while work arrives.
///
/// The legal outcomes of an arrival and a falling asleep that meet: whoever brings the work sees
/// the sleeper and wakes it, or the sleeper sees the work before it sleeps, or both. Neither would
/// be a turn that nobody runs until something else happens. Nothing else happens here.
class FallingAsleepTest {
  private final SplittableRandom random = Stress.random();
  private final Events events = new Events();
  private final Machine machine = new Machine(2);

  @BeforeEach
  void start() {
    machine.queues.enter(events);
  }

  @AfterEach
  void stop() {
    machine.queues.leave(events);
  }

  /// Pauses of about the time that a worker searches before it sleeps.
  @Test
  void aTurnFromOutsideIsRunHoweverWorkersFallAsleep() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(20_000); round++) {
      CountDownLatch ran = new CountDownLatch(1);
      machine.queues.schedule(new Chore(ran::countDown));
      await(ran);
      Stress.linger(random, 100_000);
    }
    machine.awaitRest();
  }

  /// A turn that wakes others fills its worker's ring, and beyond its capacity the global queue.
  @Test
  void everyTurnOfABurstIsRunOnce() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(1_000); round++) {
      int size = 1 + random.nextInt(2 * Ring.CAPACITY);
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch ran = new CountDownLatch(size);
      Chore all = new Chore(() -> scatter(size, runs, ran));
      machine.queues.schedule(all);
      await(ran);
      Stress.linger(random, 100_000);
      assertThat(runs).hasValue(size);
    }
    machine.awaitRest();
  }

  /// From the slot, from the ring and from outside, in turns that last as long as falling asleep.
  private void scatter(int size, AtomicInteger runs, CountDownLatch ran) {
    Worker worker = (Worker) Thread.currentThread();
    for (int i = 0; i < size; i++) {
      Chore one =
          new Chore(() -> {
            runs.incrementAndGet();
            ran.countDown();
          });
      if (i % 3 == 0) {
        machine.queues.submit(one);
      } else if (i % 3 == 1) {
        worker.enqueue(one);
      } else {
        one.behind = worker.woken;
        worker.woken = one;
        worker.publish();
      }
    }
  }

  /// What a worker puts into its slot and its ring wakes nobody, so somebody must look.
  @Test
  void turnsThatWaitBehindOneThatDoesNotReturnAreRunByAnother() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(200); round++) {
      CountDownLatch ran = new CountDownLatch(2);
      AtomicBoolean returns = new AtomicBoolean();
      Chore first = new Chore(ran::countDown);
      Chore second = new Chore(ran::countDown);
      machine.queues.schedule(new Chore(() -> wakeAndSpin(first, second, returns)));
      await(ran);
      returns.set(true);
      Stress.linger(random, 1_000_000);
    }
    machine.awaitRest();
  }

  /// The first ends up in the ring, the second in the slot.
  private static void wakeAndSpin(Chore first, Chore second, AtomicBoolean returns) {
    Worker worker = (Worker) Thread.currentThread();
    for (Chore one : new Chore[] {first, second}) {
      one.behind = worker.woken;
      worker.woken = one;
      worker.publish();
    }
    while (!returns.get()) {
      Thread.onSpinWait();
    }
  }

  /// More of them than there are processors, so that spares come, rest and come again.
  @Test
  void turnsThatWaitHoldUpNobody() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(1_000); round++) {
      int waiting = 1 + random.nextInt(6);
      CountDownLatch ran = new CountDownLatch(2 * waiting);
      for (int i = 0; i < waiting; i++) {
        Waiter waiter = new Waiter();
        machine.queues.schedule(new Chore(() -> waitFor(waiter, ran)));
        machine.queues.schedule(new Chore(() -> give(waiter, ran)));
      }
      await(ran);
      Stress.linger(random, 100_000);
    }
    machine.awaitRest();
  }

  private void waitFor(Waiter waiter, CountDownLatch ran) {
    waiter.occupy(Thread.currentThread());
    while (!waiter.take()) {
      machine.queues.await(waiter, Long.MAX_VALUE);
    }
    ran.countDown();
  }

  private void give(Waiter waiter, CountDownLatch ran) {
    machine.queues.resume(waiter);
    ran.countDown();
  }

  /// A fault of the runtime itself: no process does this.
  @Test
  void aTurnThatThrowsCostsAThreadAndNoMore() throws InterruptedException {
    for (int round = 0; round < Stress.rounds(50); round++) {
      CountDownLatch ran = new CountDownLatch(2);
      machine.queues.schedule(new Chore(() -> wakeAndThrow(new Chore(ran::countDown))));
      machine.queues.schedule(new Chore(ran::countDown));
      await(ran);
    }
    machine.awaitRest();
  }

  private static void wakeAndThrow(Chore wakes) {
    Worker worker = (Worker) Thread.currentThread();
    worker.setUncaughtExceptionHandler((_, _) -> {});
    worker.woken = wakes;
    throw new IllegalStateException("on purpose");
  }

  private void await(CountDownLatch ran) throws InterruptedException {
    assertThat(ran.await(Stress.LONG.toSeconds(), TimeUnit.SECONDS))
        .as("all turns are run: %s", machine.queues.census())
        .isTrue();
  }
}
