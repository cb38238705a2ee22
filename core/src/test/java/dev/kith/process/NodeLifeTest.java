package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Nodes that come and go in one JVM.
class NodeLifeTest {

  record Echo(int number) implements Request<Integer> {}

  private static ProcessRef<Echo> echo(Node node) {
    return node.spawn(Echo.class, () -> (self, echo) -> self.reply(echo, echo.number()));
  }

  private static void assertAnswers(Node node) {
    ProcessRef<Echo> echo = echo(node);
    for (int i = 0; i < 3; i++) {
      assertThat(node.<Integer, Echo>call(echo, new Echo(i), RealNode.PATIENCE)).isEqualTo(i);
    }
  }

  /// All kinds of threads that a node makes.
  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("kith-"))
        .toList();
  }

  /// After the last node has closed none of its threads are left.
  @Test
  void leavesNoThreads() {
    try (RealNode real = RealNode.start()) {
      assertAnswers(real.node);
      real.node.spawn(
          String.class,
          () ->
              new Server<>() {
                @Override
                public void started(Self<String> self) {
                  self.sendAfter(RealNode.PATIENCE, "later");
                }

                @Override
                public void handle(Self<String> self, String message) {}
              });
      assertThat(threads()).isNotEmpty();
    }
    RealNode.await("no threads", () -> threads().isEmpty());
  }

  /// Nodes share threads and nothing else: names, drops, processes and their ends are apart.
  @Test
  void sharesNothingButThreads() {
    Name<Echo> name = Name.of("echo", Echo.class);
    try (RealNode one = RealNode.start("one");
        RealNode other = RealNode.start("other")) {
      one.node.spawn(
          ProcessSpec.server(Echo.class, () -> (self, echo) -> self.reply(echo, 1)).named(name));
      assertThat(other.node.whereis(name)).isEmpty();
      other.node.spawn(
          ProcessSpec.server(Echo.class, () -> (self, echo) -> self.reply(echo, 2)).named(name));
      assertThat(one.node.<Integer, Echo>call(name, new Echo(0), RealNode.PATIENCE)).isEqualTo(1);
      assertThat(other.node.<Integer, Echo>call(name, new Echo(0), RealNode.PATIENCE)).isEqualTo(2);
      one.node.close();
      assertAnswers(other.node);
      assertThat(other.node.<Integer, Echo>call(name, new Echo(0), RealNode.PATIENCE)).isEqualTo(2);
    }
  }

  /// Again and again, at once after the last work was done, when workers still look for more.
  @Test
  void canComeAndGoManyTimes() {
    long until = System.nanoTime() + RealNode.stressNanos(0.1);
    for (int i = 0; i < 20 || System.nanoTime() < until; i++) {
      try (RealNode real = RealNode.start()) {
        assertAnswers(real.node);
      }
    }
    RealNode.await("no threads", () -> threads().isEmpty());
  }

  /// A node that closes with code that does not return is closed all the same, and the next node
  /// has all its workers, also when that code returns in between.
  @Test
  @Tag("slow")
  void survivesCodeThatOutlivesItsNode() throws Exception {
    for (boolean returnsBetween : new boolean[] {true, false}) {
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> stuck = new ArrayList<>();
      try (RealNode real = RealNode.start()) {
        CountDownLatch spinning = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
          real.node
              .spawn(
                  String.class,
                  () ->
                      (_, _) -> {
                        synchronized (stuck) {
                          stuck.add(Thread.currentThread());
                        }
                        spinning.countDown();
                        RealNode.spinUntil(over::get);
                      })
              .send("spin");
        }
        RealNode.await("spinners", spinning);
      }
      if (returnsBetween) {
        over.set(true);
        for (Thread thread : stuck) {
          thread.join(RealNode.PATIENCE);
        }
      }
      try (RealNode real = RealNode.start()) {
        over.set(true);
        for (Thread thread : stuck) {
          thread.join(RealNode.PATIENCE);
        }
        for (int i = 0; i < 100; i++) {
          assertAnswers(real.node);
        }
        long workers =
            threads().stream().filter(thread -> thread.getName().contains("worker")).count();
        assertThat(workers)
            .isGreaterThanOrEqualTo(
                Integer.getInteger("kith.workers", Runtime.getRuntime().availableProcessors()));
      }
    }
  }

  /// Children that nobody is linked with are told to shut down too, and nobody waits for a grace to
  /// pass.
  @Test
  void closesAtOnceWithChildrenThatAreNotLinked() {
    List<ExitReason> ends = Collections.synchronizedList(new ArrayList<>());
    RealNode real = RealNode.start();
    CountDownLatch spawned = new CountDownLatch(1);
    real.node.events().add(ProcessEvent.Ended.class, ended -> ends.add(ended.reason()));
    real.node.spawn(
        Object.class,
        (Body<Object>)
            (self, inbox) -> {
              self.spawn(ProcessSpec.server(Object.class, () -> (_, _) -> {}));
              self.spawnLinked(ProcessSpec.server(Object.class, () -> (_, _) -> {}));
              spawned.countDown();
              inbox.receive();
            });
    RealNode.await("children", () -> spawned.getCount() == 0);
    real.close();
    assertThat(ends).hasSize(3).containsOnly(ExitReason.shutdown());
  }

  /// Closing tells processes to shut down, and kills what does not.
  @Test
  void closesWhateverItsProcessesDo() {
    List<ExitReason> ends = new ArrayList<>();
    RealNode real = RealNode.start();
    real.node
        .events()
        .add(
            ProcessEvent.Ended.class,
            ended -> {
              synchronized (ends) {
                ends.add(ended.reason());
              }
            });
    echo(real.node);
    real.node.spawn(
        Object.class,
        () ->
            new Server<>() {
              @Override
              public void started(Self<Object> self) {
                self.trapExits(exit -> exit);
              }

              @Override
              public void handle(Self<Object> self, Object message) {}
            });
    real.node.spawn(Object.class, (Body<Object>) (_, inbox) -> inbox.receive());
    real.close();
    assertThat(ends)
        .containsExactlyInAnyOrder(
            ExitReason.shutdown(), ExitReason.shutdown(), ExitReason.killed());
    assertThat(real.node.processCount()).isZero();
  }
}
