package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/*
 * Long because each way to be stuck is a scenario of its own.
 */
/// EXIT-4, JVM-3: kill is a fence. Needs real threads, because code that does not return does.
class KillTest {
  private static final Name<Object> NAME = Name.of("victim", Object.class);

  record Question() implements Request<String> {}

  /// Something that a process does when it is told to.
  interface Act {
    void perform(Self<Object> self) throws Exception;
  }

  private static ProcessSpec<Object> acting() {
    return ProcessSpec.server(Object.class, () -> (self, act) -> ((Act) act).perform(self));
  }

  /// A process that spins until it is released, and then goes on with something else.
  private static final class Spinner {
    final CountDownLatch spinning = new CountDownLatch(1);
    final AtomicBoolean released = new AtomicBoolean();
    final ProcessRef<Object> ref;

    Spinner(Node node, ProcessSpec<Object> spec, Act afterwards) throws InterruptedException {
      ref = node.spawn(spec);
      ref.send(
          (Act)
              self -> {
                spinning.countDown();
                RealNode.spinUntil(released::get);
                afterwards.perform(self);
              });
      RealNode.await("the spinner", spinning);
    }
  }

  /// The pid is dead for everybody at once: its name is free, and whoever is linked or watches is
  /// told, though its code goes on.
  @Test
  void ofASpinnerTakesEffectAtOnce() throws Exception {
    try (RealNode real = RealNode.start()) {
      Spinner spinner = new Spinner(real.node, acting().named(NAME), _ -> {});
      List<Object> heard = new ArrayList<>();
      CountDownLatch told = new CountDownLatch(2);
      ProcessRef<Object> watcher =
          real.node.spawn(
              Object.class,
              () ->
                  (self, message) -> {
                    if (message instanceof Act act) {
                      act.perform(self);
                    } else {
                      heard.add(message);
                      heard.add(real.node.whereis(NAME));
                      told.countDown();
                    }
                  });
      watcher.send(
          (Act)
              self -> {
                self.trapExits(exit -> exit);
                self.link(spinner.ref);
                self.monitor(spinner.ref, down -> down);
                self.exit(spinner.ref, ExitReason.kill());
                heard.add(real.node.isAlive(spinner.ref));
                heard.add(real.node.whereis(NAME));
              });
      RealNode.await("exit and down", told);
      Pid pid = spinner.ref.pid();
      assertThat(heard)
          .containsExactlyInAnyOrder(
              false,
              Optional.empty(),
              new Exit(pid, ExitReason.killed()),
              Optional.empty(),
              new Down(pid, ExitReason.killed()),
              Optional.empty());
      assertThat(real.node.zombieCount()).isEqualTo(1);
      spinner.released.set(true);
      RealNode.await("no zombies", () -> real.node.zombieCount() == 0);
      real.node.exit(watcher, ExitReason.kill());
    }
  }

  /// Everything that would have an effect.
  private static Map<String, Act> effects(Node node, ProcessRef<Object> other, ReplyTo<String> to) {
    Map<String, Act> effects = new TreeMap<>();
    effects.put("send", _ -> other.send("x"));
    effects.put("send to a name", _ -> node.send(NAME, "x"));
    effects.put("call", self -> self.call(other, new Question(), RealNode.PATIENCE));
    effects.put("call on the node", _ -> node.call(other, new Question(), RealNode.PATIENCE));
    effects.put("ask", self -> self.ask(other, new Question(), RealNode.PATIENCE, a -> a));
    effects.put("answer", _ -> to.reply("x"));
    effects.put("fail", _ -> to.fail(ExitReason.normal()));
    effects.put("spawn", self -> self.spawn(acting()));
    effects.put("spawn on the node", _ -> node.spawn(acting()));
    effects.put("start on the node", _ -> node.start(acting(), RealNode.PATIENCE));
    effects.put("link", self -> self.link(other));
    effects.put("link on the node", _ -> node.link(other, other));
    effects.put("unlink", self -> self.unlink(other));
    effects.put("monitor", self -> self.monitor(other, d -> d));
    effects.put("exit", self -> self.exit(ExitReason.normal()));
    effects.put("exit another", self -> self.exit(other, ExitReason.kill()));
    effects.put("exit on the node", _ -> node.exit(other, ExitReason.kill()));
    effects.put("alias", self -> self.alias(String.class, a -> a));
    effects.put("timer", self -> self.sendAfter(Duration.ZERO, "x"));
    effects.put("interval", self -> self.sendEvery(Duration.ofMillis(1), "x"));
    effects.put("register", self -> self.tryRegister(NAME));
    effects.put("unregister", Self::unregister);
    effects.put("trap", self -> self.trapExits(e -> e));
    effects.put("subscribe", self -> self.subscribe(ProcessEvent.class, e -> e));
    return effects;
  }

  /// Every runtime call of a zombie throws, and none has any effect.
  @Test
  void makesEveryCallThrow() throws Exception {
    try (RealNode real = RealNode.start()) {
      AtomicInteger reached = new AtomicInteger();
      AtomicReference<ReplyTo<String>> kept = new AtomicReference<>();
      CountDownLatch taken = new CountDownLatch(1);
      Server<Object> counting =
          (self, message) -> {
            if (message instanceof Question question) {
              kept.set(self.replyTo(question));
              taken.countDown();
            } else {
              reached.incrementAndGet();
            }
          };
      ProcessRef<Object> other =
          real.node.spawn(ProcessSpec.server(Object.class, () -> counting).named(NAME));
      AtomicReference<Answer<String>> answer = new AtomicReference<>();
      real.node
          .spawn(acting())
          .send(
              (Act)
                  self ->
                      self.ask(
                          other, new Question(), RealNode.PATIENCE, a -> (Act) _ -> answer.set(a)));
      RealNode.await("a request to answer", taken);
      List<String> worked = new ArrayList<>();
      CountDownLatch tried = new CountDownLatch(1);
      long processes = real.node.processCount();
      Spinner spinner =
          new Spinner(
              real.node,
              acting(),
              self -> {
                effects(real.node, other, kept.get())
                    .forEach((name, effect) -> {
                      try {
                        effect.perform(self);
                        worked.add(name);
                      } catch (Throwable expected) {
                        if (!(expected instanceof Error)) {
                          worked.add(name + ": " + expected);
                        }
                      }
                    });
                tried.countDown();
              });
      real.node.exit(spinner.ref, ExitReason.kill());
      RealNode.await("a zombie", () -> real.node.zombieCount() == 1);
      RealNode.await("its end", () -> real.node.processCount() == processes);
      spinner.released.set(true);
      RealNode.await("all effects", tried);
      assertThat(worked).isEmpty();
      RealNode.await("no zombies", () -> real.node.zombieCount() == 0);
      assertThat(real.node.processCount()).isEqualTo(processes);
      other.send("last");
      RealNode.await("the last message", () -> reached.get() > 0);
      assertThat(reached).hasValue(1);
      assertThat(answer).hasNullValue();
    }
  }

  /// A process that sleeps or waits in its own code is interrupted, and its reason is `killed`, not
  /// the interrupt.
  @ParameterizedTest
  @ValueSource(strings = {"server", "body", "blocking server"})
  void ofASleeperWakesIt(String kind) throws Exception {
    try (RealNode real = RealNode.start()) {
      for (int i = 0; i < 20; i++) {
        CountDownLatch sleeping = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        Act sleeps =
            _ -> {
              sleeping.countDown();
              try {
                Thread.sleep(Duration.ofHours(1));
              } finally {
                awake.countDown();
              }
            };
        ProcessSpec<Object> spec =
            switch (kind) {
              case "server" -> acting();
              case "body" -> ProcessSpec.body(Object.class, (self, _) -> sleeps.perform(self));
              default -> acting().blocking();
            };
        ProcessRef<Object> sleeper = real.node.spawn(spec);
        sleeper.send(sleeps);
        RealNode.await("the sleeper", sleeping);
        AtomicReference<ExitReason> seen = watch(real.node, sleeper);
        real.node.exit(sleeper, ExitReason.kill());
        RealNode.await("the waking", awake);
        RealNode.await("the end", () -> seen.get() != null);
        assertThat(seen).hasValue(ExitReason.killed());
      }
      RealNode.await("no zombies", () -> real.node.zombieCount() == 0);
    }
  }

  /// What a monitor, set up before this returns, will say.
  private static AtomicReference<ExitReason> watch(Node node, ProcessRef<?> target) {
    AtomicReference<ExitReason> seen = new AtomicReference<>();
    var started =
        node.start(
            ProcessSpec.server(
                Down.class,
                () ->
                    new Server<>() {
                      @Override
                      public void started(Self<Down> self) {
                        self.monitor(target, down -> down);
                      }

                      @Override
                      public void handle(Self<Down> self, Down down) {
                        seen.set(down.reason());
                      }
                    }),
            RealNode.PATIENCE);
    assertThat(started).isInstanceOf(StartResult.Started.class);
    return seen;
  }

  /// Design rule 11: with the option it is only fenced.
  @Test
  void canSpareTheInterrupt() throws Exception {
    try (RealNode real = RealNode.start()) {
      AtomicBoolean interrupted = new AtomicBoolean();
      CountDownLatch waiting = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      ProcessRef<Object> process = real.node.spawn(acting().uninterruptible());
      process.send(
          (Act)
              _ -> {
                waiting.countDown();
                try {
                  release.await();
                } catch (InterruptedException unwanted) {
                  interrupted.set(true);
                }
              });
      RealNode.await("it waits", waiting);
      AtomicReference<ExitReason> seen = watch(real.node, process);
      real.node.exit(process, ExitReason.kill());
      RealNode.await("the end", () -> seen.get() != null);
      assertThat(real.node.zombieCount()).isEqualTo(1);
      release.countDown();
      RealNode.await("no zombies", () -> real.node.zombieCount() == 0);
      assertThat(interrupted).isFalse();
    }
  }

  /// A process that waits inside the runtime ends by itself: no zombie is left.
  @Test
  void duringARuntimeCallLeavesNoZombie() throws Exception {
    try (RealNode real = RealNode.start()) {
      ProcessRef<Object> silent = real.node.spawn(Object.class, () -> (_, _) -> {});
      List<ProcessRef<Object>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        CountDownLatch calls = new CountDownLatch(1);
        Act call =
            self -> {
              calls.countDown();
              self.call(silent, new Question(), Duration.ofHours(1));
            };
        ProcessRef<Object> process =
            i % 2 == 0
                ? real.node.spawn(acting())
                : real.node.spawn(Object.class, (Body<Object>) (self, _) -> call.perform(self));
        process.send(call);
        RealNode.await("the call", calls);
        waiting.add(process);
      }
      ProcessRef<Object> receiving =
          real.node.spawn(Object.class, (Body<Object>) (_, inbox) -> inbox.receive());
      waiting.add(receiving);
      waiting.forEach(process -> real.node.exit(process, ExitReason.kill()));
      RealNode.await("all ends", () -> real.node.processCount() == 1);
      assertThat(real.node.zombieCount()).isZero();
    }
  }

  /// A process stuck in a `finally` on its way out is no exception.
  @Test
  void ofAProcessThatIsStuckOnItsWayOut() throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch stuck = new CountDownLatch(1);
      AtomicBoolean released = new AtomicBoolean();
      ProcessRef<Object> process = real.node.spawn(acting());
      process.send(
          (Act)
              self -> {
                try {
                  self.exit(ExitReason.shutdown());
                } finally {
                  stuck.countDown();
                  RealNode.spinUntil(released::get);
                }
              });
      RealNode.await("it is stuck", stuck);
      AtomicReference<ExitReason> seen = watch(real.node, process);
      real.node.exit(process, ExitReason.kill());
      RealNode.await("the end", () -> seen.get() != null);
      released.set(true);
      RealNode.await("no zombies", () -> real.node.zombieCount() == 0);
    }
  }

  /// A `terminate` that does not return is cut short by a kill, which is then the reason.
  @Test
  void duringTerminateIsTheReason() throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch terminating = new CountDownLatch(1);
      ProcessRef<Object> process =
          real.node.spawn(
              Object.class,
              () ->
                  new Server<>() {
                    @Override
                    public void handle(Self<Object> self, Object message) {}

                    @Override
                    public void terminate(Self<Object> self, ExitReason reason) throws Exception {
                      terminating.countDown();
                      Thread.sleep(Duration.ofHours(1));
                    }
                  });
      AtomicReference<ExitReason> seen = watch(real.node, process);
      real.node.exit(process, ExitReason.shutdown());
      RealNode.await("terminate", terminating);
      real.node.exit(process, ExitReason.kill());
      RealNode.await("the end", () -> seen.get() != null);
      assertThat(seen).hasValue(ExitReason.killed());
    }
  }

  /// A selection in a receive is the process's own code: one that blocks can be killed.
  @Test
  void ofABodyStuckInASelection() throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch selecting = new CountDownLatch(1);
      ProcessRef<Object> body =
          real.node.spawn(
              Object.class,
              (Body<Object>)
                  (_, inbox) ->
                      inbox.receive(
                          Duration.ofHours(1),
                          _ -> {
                            selecting.countDown();
                            try {
                              TimeUnit.HOURS.sleep(1);
                            } catch (InterruptedException _) {
                              Thread.currentThread().interrupt();
                            }
                            return Optional.empty();
                          }));
      body.send("look at this");
      RealNode.await("the selection", selecting);
      AtomicReference<ExitReason> seen = watch(real.node, body);
      real.node.exit(body, ExitReason.kill());
      RealNode.await("the end", () -> seen.get() != null);
      assertThat(seen).hasValue(ExitReason.killed());
    }
  }

  /// `inspect` is the process's own code: one that does not return can be killed, between messages
  /// and while the process waits in a call.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofAProcessStuckInInspect(boolean waits) throws Exception {
    try (RealNode real = RealNode.start()) {
      CountDownLatch asked = new CountDownLatch(1);
      ProcessRef<Question> silent =
          real.node.spawn(
              Question.class,
              () ->
                  (self, question) -> {
                    self.replyTo(question);
                    asked.countDown();
                  });
      CountDownLatch inspecting = new CountDownLatch(1);
      AtomicBoolean released = new AtomicBoolean();
      ProcessRef<Object> process =
          real.node.spawn(
              Object.class,
              () ->
                  new Server<>() {
                    @Override
                    public void handle(Self<Object> self, Object message) {
                      self.call(silent, new Question(), RealNode.PATIENCE);
                    }

                    @Override
                    public Object inspect() {
                      inspecting.countDown();
                      RealNode.spinUntil(released::get);
                      return "late";
                    }
                  });
      if (waits) {
        process.send("wait");
        RealNode.await("the call", asked);
      }
      AtomicReference<ExitReason> seen = watch(real.node, process);
      Thread.ofPlatform().daemon().start(() -> real.node.inspect(process, RealNode.PATIENCE));
      RealNode.await("inspect", inspecting);
      real.node.exit(process, ExitReason.kill());
      try {
        RealNode.await("the end", () -> seen.get() != null);
      } finally {
        released.set(true);
      }
    }
  }

  /// Design rule 11: an interrupt belongs to a turn; no other process on the thread ever sees it.
  @Test
  void interruptsNobodyElse() throws Exception {
    try (RealNode real = RealNode.start()) {
      AtomicInteger stray = new AtomicInteger();
      AtomicBoolean over = new AtomicBoolean();
      for (int i = 0; i < 50; i++) {
        real.node
            .spawn(
                Object.class,
                () ->
                    (self, _) -> {
                      if (Thread.currentThread().isInterrupted()) {
                        stray.incrementAndGet();
                      }
                      if (!over.get()) {
                        self.ref().send("again");
                      }
                    })
            .send("begin");
      }
      long until = System.nanoTime() + RealNode.stressNanos(0.1);
      while (System.nanoTime() < until) {
        killSleepersAtAnyMoment(real.node);
      }
      over.set(true);
      assertThat(stray).hasValue(0);
      RealNode.await("no zombies", () -> real.node.zombieCount() == 0);
    }
  }

  /// Handlers that return just about when the interrupt comes.
  private static void killSleepersAtAnyMoment(Node node) throws InterruptedException {
    List<ProcessRef<Object>> sleepers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int micros = 200 * i;
      CountDownLatch sleeping = new CountDownLatch(1);
      ProcessRef<Object> sleeper = node.spawn(acting());
      sleeper.send(
          (Act)
              _ -> {
                sleeping.countDown();
                long end = System.nanoTime() + micros * 1_000L;
                RealNode.spinUntil(() -> System.nanoTime() > end);
              });
      RealNode.await("a sleeper", sleeping);
      sleepers.add(sleeper);
      node.exit(sleeper, ExitReason.kill());
    }
    assertThat(sleepers).noneMatch(node::isAlive);
  }

  /// A million kills leave nothing behind: nobody is killed twice or remembered.
  @Test
  void ofManyLeavesNothingBehind() {
    try (RealNode real = RealNode.start()) {
      AtomicInteger ends = new AtomicInteger();
      real.node.events().add(ProcessEvent.Ended.class, _ -> ends.incrementAndGet());
      int count = 20_000;
      for (int i = 0; i < count; i++) {
        ProcessRef<Object> process = real.node.spawn(acting());
        process.send((Act) _ -> {});
        real.node.exit(process, ExitReason.kill());
        real.node.exit(process, ExitReason.kill());
      }
      RealNode.await("all ends", () -> real.node.processCount() == 0);
      RealNode.await("all events", () -> ends.get() == count);
      assertThat(real.node.zombieCount()).isZero();
    }
  }
}
