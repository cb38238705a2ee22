package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Processes may wait in the middle of a turn, all of them at the same time.
class BlockingTest {

  /// Passed on along a list of servers, each of which waits for the next.
  record Pass(List<ProcessRef<Pass>> onward) implements Request<Integer> {}

  private static ProcessRef<Pass> relay(Node node) {
    return node.spawn(
        Pass.class,
        () ->
            (self, pass) -> {
              List<ProcessRef<Pass>> onward = pass.onward();
              if (onward.isEmpty()) {
                self.reply(pass, 0);
                return;
              }
              Pass next = new Pass(onward.subList(1, onward.size()));
              int further = self.<Integer, Pass>call(onward.getFirst(), next, RealNode.PATIENCE);
              self.reply(pass, further + 1);
            });
  }

  /// Chains of calls, many more than there are workers, all come back.
  @Test
  void callsOnAllWorkersComeBack() throws Exception {
    int chains = 32;
    int length = 16;
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(chains);
      AtomicInteger wrong = new AtomicInteger();
      for (int i = 0; i < chains; i++) {
        List<ProcessRef<Pass>> chain = new ArrayList<>();
        for (int j = 0; j < length; j++) {
          chain.add(relay(real.node));
        }
        ProcessRef<String> caller =
            real.node.spawn(
                String.class,
                () ->
                    (self, _) -> {
                      Pass pass = new Pass(chain.subList(1, length));
                      int depth =
                          self.<Integer, Pass>call(chain.getFirst(), pass, RealNode.PATIENCE);
                      if (depth != length - 1) {
                        wrong.incrementAndGet();
                      }
                      done.countDown();
                    });
        caller.send("go");
      }
      RealNode.await("all chains", done);
      assertThat(wrong).hasValue(0);
    }
  }

  /// The same servers again and again, from bodies, servers and threads at once.
  @Test
  void callsFromEverywhereComeBack() throws Exception {
    int callers = 12;
    int calls = 500;
    try (RealNode real = RealNode.start()) {
      ProcessRef<Pass> last = relay(real.node);
      ProcessRef<Pass> first = relay(real.node);
      CountDownLatch done = new CountDownLatch(callers);
      for (int i = 0; i < callers; i++) {
        Runnable work =
            () -> {
              for (int j = 0; j < calls; j++) {
                real.node.<Integer, Pass>call(first, new Pass(List.of(last)), RealNode.PATIENCE);
              }
              done.countDown();
            };
        switch (i % 3) {
          case 0 -> Thread.ofPlatform().daemon().start(work);
          case 1 -> real.node.spawn(Object.class, (Body<Object>) (_, _) -> work.run());
          default -> real.node.spawn(Object.class, () -> (_, _) -> work.run()).send("go");
        }
      }
      RealNode.await("all callers", done);
    }
  }

  /// Deadlines hold while everybody waits.
  @Test
  void callsEndAtTheirDeadline() throws Exception {
    int callers = 64;
    try (RealNode real = RealNode.start()) {
      ProcessRef<Pass> silent =
          real.node.spawn(Pass.class, () -> (self, pass) -> self.replyTo(pass));
      CountDownLatch timedOut = new CountDownLatch(callers);
      for (int i = 0; i < callers; i++) {
        real.node
            .spawn(
                String.class,
                () ->
                    (self, _) -> {
                      try {
                        self.call(silent, new Pass(List.of()), Duration.ofMillis(50));
                      } catch (ExitException failure) {
                        if (failure.reason().equals(ExitReason.timeout())) {
                          timedOut.countDown();
                        }
                      }
                    })
            .send("go");
      }
      RealNode.await("all deadlines", timedOut);
    }
  }

  /// A call that waits holds up nobody: not even who is queued behind it, while others never stop.
  @Test
  void aWaitingCallLeavesNobodyBehind() throws Exception {
    int waiting = 8;
    AtomicBoolean over = new AtomicBoolean();
    try (RealNode real = RealNode.start()) {
      for (int i = 0; i < 8; i++) {
        real.node
            .spawn(
                String.class,
                () ->
                    (self, again) -> {
                      if (!over.get()) {
                        self.ref().send(again);
                      }
                    })
            .send("again");
      }
      ProcessRef<Pass> silent =
          real.node.spawn(Pass.class, () -> (self, pass) -> self.replyTo(pass));
      CountDownLatch answered = new CountDownLatch(waiting * 100);
      for (int i = 0; i < waiting; i++) {
        real.node
            .spawn(
                String.class,
                () ->
                    (self, _) -> {
                      for (int j = 0; j < 100; j++) {
                        self.spawn(
                                ProcessSpec.server(
                                    String.class, () -> (_, _) -> answered.countDown()))
                            .send("answer");
                      }
                      self.call(silent, new Pass(List.of()), Duration.ofHours(1));
                    })
            .send("wait");
      }
      RealNode.await("everybody behind a waiting call", answered);
      over.set(true);
    } finally {
      over.set(true);
    }
  }

  /// A server that blocks in its own code, declared or not, comes back and goes on in order.
  @Test
  void aServerThatBlocksStaysInOrder() throws Exception {
    int messages = 30;
    try (RealNode real = RealNode.start()) {
      CountDownLatch done = new CountDownLatch(2 * messages);
      AtomicInteger wrong = new AtomicInteger();
      for (boolean declared : new boolean[] {true, false}) {
        int[] next = {0};
        ProcessSpec<Integer> spec =
            ProcessSpec.server(
                Integer.class,
                () ->
                    (_, number) -> {
                      if (next[0]++ != number) {
                        wrong.incrementAndGet();
                      }
                      Thread.sleep(Duration.ofMillis(number % 3 == 0 ? 12 : 0));
                      done.countDown();
                    });
        ProcessRef<Integer> server = real.node.spawn(declared ? spec.blocking() : spec);
        for (int i = 0; i < messages; i++) {
          server.send(i);
        }
      }
      RealNode.await("all messages", done);
      assertThat(wrong).hasValue(0);
    }
  }
}
