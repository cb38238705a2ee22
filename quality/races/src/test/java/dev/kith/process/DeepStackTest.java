package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A process that runs out of stack somewhere in a runtime call, and goes on.
///
/// The call may have happened or not, but not by half: whoever was to be woken is woken once, so it
/// answers afterwards and never runs in two places at once.
class DeepStackTest {
  private static final int RECEIVERS = 40;
  private static final int BLOCKING_EVERY = 8;

  /// How many deeds a process does, about, before it is out of stack.
  private static final int DEEDS = 200;

  private final SplittableRandom random = Stress.random();
  private final Machine machine = new Machine(2);
  private final AtomicInteger clashes = new AtomicInteger();
  private final List<ProcessRef<Message>> receivers = new ArrayList<>();
  private Node node;

  sealed interface Message {}

  record Note() implements Message {}

  record Ping() implements Message, Request<String> {}

  record Overflow(Deed deed, long seed) implements Message, Request<String> {}

  /// What a process does at every depth of its stack.
  @FunctionalInterface
  interface Deed {
    void doAt(Self<Message> self, SplittableRandom random);
  }

  @BeforeEach
  void start() {
    node = machine.start();
    for (int i = 0; i < RECEIVERS; i++) {
      ProcessSpec<Message> spec = ProcessSpec.server(Message.class, () -> new Receiver(clashes));
      receivers.add(node.spawn(i % BLOCKING_EVERY == 0 ? spec.blocking() : spec));
    }
    for (int i = 0; i < RECEIVERS / BLOCKING_EVERY; i++) {
      receivers.add(node.spawn(Message.class, DeepStackTest::receive));
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void leavesNobodyDeafWhomItSentTo() {
    overflowing((_, with) -> any(with).send(new Note()));
  }

  @Test
  void leavesNobodyDeafWhomItCalled() {
    overflowing((self, with) -> self.call(any(with), new Ping(), Stress.LONG));
  }

  @Test
  void leavesNobodyDeafWhomItAsked() {
    overflowing((self, with) -> self.ask(any(with), new Ping(), Stress.LONG, _ -> new Note()));
  }

  private ProcessRef<Message> any(SplittableRandom with) {
    return receivers.get(with.nextInt(receivers.size()));
  }

  private void overflowing(Deed deed) {
    ProcessRef<Message> sender = node.spawn(Message.class, () -> new Receiver(new AtomicInteger()));
    for (int round = 0; round < Stress.rounds(200); round++) {
      Overflow request = new Overflow(deed, random.nextLong());
      assertThat(node.call(sender, request, Stress.LONG)).isEqualTo("overflowed");
      if (round % 20 == 0) {
        assertAllAnswer();
      }
    }
    assertAllAnswer();
    assertThat(clashes).as("turns of one process at the same time").hasValue(0);
    machine.awaitRest();
  }

  private void assertAllAnswer() {
    for (int i = 0; i < receivers.size(); i++) {
      ProcessRef<Message> receiver = receivers.get(i);
      assertThatNoException()
          .as(i >= RECEIVERS ? "a body" : i % BLOCKING_EVERY == 0 ? "who may block" : "a server")
          .isThrownBy(() -> node.call(receiver, new Ping(), Stress.LONG));
    }
  }

  private static void receive(Self<Message> self, Inbox<Message> inbox) {
    while (true) {
      if (inbox.receive() instanceof Ping ping) {
        self.reply(ping, "pong");
      }
    }
  }

  private static final class Receiver implements Server<Message> {
    private final AtomicInteger clashes;
    private final AtomicInteger inside = new AtomicInteger();
    private int depth;
    private int deepest;

    Receiver(AtomicInteger clashes) {
      this.clashes = clashes;
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      if (inside.incrementAndGet() != 1) {
        clashes.incrementAndGet();
      }
      switch (message) {
        case Note() -> {}
        case Ping ping -> self.reply(ping, "pong");
        case Overflow(Deed deed, long seed) -> {
          overflow(self, deed, new SplittableRandom(seed));
          self.reply((Overflow) message, "overflowed");
        }
      }
      inside.decrementAndGet();
    }

    /// Down to where the stack ended the last time, or nearly; then a deed at each depth.
    private void overflow(Self<Message> self, Deed deed, SplittableRandom random) {
      depth = 0;
      int quiet = deepest - random.nextInt(DEEDS);
      try {
        descend(self, deed, random, quiet);
      } catch (StackOverflowError _) {
        deepest = depth; // in a deed, or between two
      }
    }

    private int descend(Self<Message> self, Deed deed, SplittableRandom random, int quiet) {
      depth++;
      if (deepest > 0 && depth > quiet && depth < quiet + 2 * DEEDS) {
        deed.doAt(self, random);
      }
      return descend(self, deed, random, quiet) + 1;
    }
  }
}
