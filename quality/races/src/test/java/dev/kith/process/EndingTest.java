package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Processes that end while others do something to them, on real threads.
class EndingTest {
  private static final ExitReason FOO = new ExitReason.Custom("foo");

  private final SplittableRandom random = Stress.random();
  private final Machine machine = new Machine(2);
  private Node node;

  @BeforeEach
  void start() {
    node = machine.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /// A kill is a fence: what its code still tries to send is after its end, and nobody gets it. It
  /// is killed between two sends, in one, or while it spins until it is a zombie and sends again.
  @Test
  void nothingComesFromAKilledProcessAfterItsDown() throws Exception {
    for (int round = 0; round < Stress.rounds(150); round++) {
      CompletableFuture<String> heard = new CompletableFuture<>();
      CountDownLatch watches = new CountDownLatch(1);
      int spins = round % 3 == 0 ? 8_000_000 : 20_000;
      ProcessRef<Object> listener = node.spawn(Object.class, () -> new Listener(watches, heard));
      ProcessRef<Object> talker = node.spawn(talking(listener, spins));
      listener.send(talker);
      assertThat(watches.await(Stress.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Stress.linger(random, 500_000);
      node.exit(talker, ExitReason.kill());
      assertThat(heard.get(Stress.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("killed");
    }
    Stress.await(() -> "zombies to end: " + node.zombieCount(), () -> node.zombieCount() == 0);
  }

  private ProcessSpec<Object> talking(ProcessRef<Object> listener, int spins) {
    SplittableRandom own = random.split();
    return ProcessSpec.server(
        Object.class,
        () ->
            (self, message) -> {
              while (true) {
                listener.send("word");
                Stress.linger(own, spins);
              }
            });
  }

  /// Monitors whom it is told, and after the Down asks itself for as long as a word may be under
  /// way.
  private static final class Listener implements Server<Object> {
    private static final int MORE = 100;

    private final CountDownLatch watches;
    private final CompletableFuture<String> heard;
    private String reason = "";
    private int turns;

    Listener(CountDownLatch watches, CompletableFuture<String> heard) {
      this.watches = watches;
      this.heard = heard;
    }

    @Override
    public void handle(Self<Object> self, Object message) {
      switch (message) {
        case ProcessRef<?> talker -> watch(self, talker);
        case Down down -> {
          reason += down.reason();
          self.send(self.ref(), 0);
        }
        case Integer _ -> listenOn(self);
        default -> reason += reason.isEmpty() ? "" : " and then a word";
      }
    }

    @SuppressWarnings("unchecked")
    private void watch(Self<Object> self, ProcessRef<?> talker) {
      self.monitor(talker, down -> down);
      ((ProcessRef<Object>) talker).send("talk");
      watches.countDown();
    }

    private void listenOn(Self<Object> self) {
      if (turns++ < MORE) {
        self.send(self.ref(), turns);
      } else {
        heard.complete(reason);
        self.exit(ExitReason.normal());
      }
    }
  }

  /// LNK-1: a link with a process that ends, whichever comes first, ends the other side: with the
  /// reason, or because nobody was there.
  @Test
  void aLinkThatMeetsAnExitEndsTheOtherSide() {
    for (int round = 0; round < Stress.rounds(2_000); round++) {
      ProcessRef<Object> one = node.spawn(Object.class, () -> (self, message) -> {});
      ProcessRef<Object> other = node.spawn(Object.class, () -> (self, message) -> {});
      if (round % 2 == 0) {
        node.link(one, other);
        node.exit(other, FOO);
      } else {
        node.exit(other, FOO);
        node.link(one, other);
      }
      if (round % 5 == 0) {
        Stress.linger(random, 20_000);
        node.exit(one, FOO);
      }
    }
    Stress.await(() -> node.processCount() + " processes to end", () -> node.processCount() == 0);
  }

  /// Both sides of each link end at the same time, in rings, and each is told of as ended once.
  @Test
  void aRingOfLinksEndsAsAWhole() throws Exception {
    for (int round = 0; round < Stress.rounds(300); round++) {
      List<ProcessRef<Object>> ring = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        ring.add(node.spawn(Object.class, () -> (self, message) -> {}));
      }
      for (int i = 0; i < ring.size(); i++) {
        node.link(ring.get(i), ring.get((i + 1) % ring.size()));
      }
      CompletableFuture<Integer> downs = countDowns(ring);
      node.exit(ring.get(random.nextInt(16)), FOO);
      node.exit(ring.get(random.nextInt(16)), ExitReason.kill());
      assertThat(downs.get(Stress.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ring.size());
    }
    Stress.await(() -> node.processCount() + " processes to end", () -> node.processCount() == 0);
  }

  private CompletableFuture<Integer> countDowns(List<ProcessRef<Object>> all) {
    CompletableFuture<Integer> downs = new CompletableFuture<>();
    node.spawn(Object.class, () -> new Counter(all, downs));
    return downs;
  }

  private static final class Counter implements Server<Object> {
    private final List<ProcessRef<Object>> all;
    private final CompletableFuture<Integer> downs;
    private int count;

    Counter(List<ProcessRef<Object>> all, CompletableFuture<Integer> downs) {
      this.all = all;
      this.downs = downs;
    }

    @Override
    public void started(Self<Object> self) {
      all.forEach(one -> self.monitor(one, down -> down));
    }

    @Override
    public void handle(Self<Object> self, Object message) {
      if (++count == all.size()) {
        self.sendAfter(Duration.ofMillis(1), "end");
      } else if (!(message instanceof Down)) {
        downs.complete(count - 1);
        self.exit(ExitReason.normal());
      }
    }
  }
}
