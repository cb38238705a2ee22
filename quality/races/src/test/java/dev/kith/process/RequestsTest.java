package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests whose answer, deadline, cancel and server's death come at the same time.
class RequestsTest {
  private static final int REQUESTS = 20;

  private final SplittableRandom random = Stress.random();
  private final Machine machine = new Machine(2);
  private Node node;

  sealed interface Message {}

  record Question(int number) implements Message, Request<String> {}

  record CallEachOther(ProcessRef<Message> other) implements Message, Request<String> {}

  record Outcome(int number) implements Message {}

  record Done() implements Message {}

  @BeforeEach
  void start() {
    node = machine.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /// One outcome for each that was not cancelled in time, none for each that was.
  @Test
  void haveOneOutcomeEach() throws Exception {
    for (int round = 0; round < Stress.rounds(300); round++) {
      SplittableRandom own = random.split();
      ProcessRef<Message> server = node.spawn(Message.class, () -> new Slow(own.split()));
      CompletableFuture<String> result = new CompletableFuture<>();
      node.spawn(Message.class, () -> new Asker(server, own, result));
      Stress.linger(random, 1_000_000);
      node.exit(server, ExitReason.kill());
      assertThat(result.get(Stress.LONG.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    }
  }

  /// Answers at once, later from another thread, or never.
  private record Slow(SplittableRandom random) implements Server<Message> {
    @Override
    public void handle(Self<Message> self, Message message) {
      Question question = (Question) message;
      int way = random.nextInt(3);
      if (way == 0) {
        self.reply(question, "at once");
      } else {
        ReplyTo<String> asker = self.replyTo(question);
        if (way == 1) {
          Thread.startVirtualThread(() -> asker.reply("later"));
        }
      }
      Stress.linger(random, 60_000);
    }
  }

  private static final class Asker implements Server<Message> {
    private final ProcessRef<Message> server;
    private final SplittableRandom random;
    private final CompletableFuture<String> result;
    private final int[] outcomes = new int[REQUESTS];
    private final boolean[] cancelled = new boolean[REQUESTS];
    private boolean ending;

    Asker(ProcessRef<Message> server, SplittableRandom random, CompletableFuture<String> result) {
      this.server = server;
      this.random = random;
      this.result = result;
    }

    @Override
    public void started(Self<Message> self) {
      for (int i = 0; i < REQUESTS; i++) {
        int number = i;
        Duration within = Duration.ofNanos(1 + random.nextInt(3_000_000));
        Cancel ask = self.ask(server, new Question(i), within, _ -> new Outcome(number));
        Stress.linger(random, 50_000);
        cancelled[i] = random.nextInt(4) == 0 && ask.cancel();
      }
      endSoonIfComplete(self);
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Outcome(int number) -> {
          outcomes[number]++;
          endSoonIfComplete(self);
        }
        case Done() -> {
          result.complete(wrong());
          self.exit(ExitReason.normal());
        }
        case Question _, CallEachOther _ -> throw new IllegalStateException("not for an asker");
      }
    }

    /// Soon, so that a second outcome would still be heard.
    private void endSoonIfComplete(Self<Message> self) {
      if (!ending && IntStream.range(0, REQUESTS).allMatch(i -> cancelled[i] || outcomes[i] > 0)) {
        ending = true;
        self.sendAfter(Duration.ofMillis(4), new Done());
      }
    }

    private String wrong() {
      StringBuilder wrong = new StringBuilder();
      for (int i = 0; i < REQUESTS; i++) {
        if (outcomes[i] != (cancelled[i] ? 0 : 1)) {
          wrong.append(i).append(cancelled[i] ? " cancelled: " : ": ").append(outcomes[i]);
        }
      }
      return wrong.toString();
    }
  }

  /// Neither waits: at least one of the two fails at once, with the circle in its reason, and the
  /// other hears of it or is answered.
  @Test
  void ofTwoThatCallEachOtherNeitherHangs() throws Exception {
    AtomicInteger deadlocks = new AtomicInteger();
    for (int round = 0; round < Stress.rounds(1_000); round++) {
      ProcessRef<Message> one = node.spawn(Message.class, () -> new Caller(deadlocks));
      ProcessRef<Message> other = node.spawn(Message.class, () -> new Caller(deadlocks));
      CompletableFuture<String> first =
          CompletableFuture.supplyAsync(() -> callFrom(one, new CallEachOther(other)));
      callFrom(other, new CallEachOther(one));
      first.get(Stress.LONG.toSeconds(), TimeUnit.SECONDS);
      node.exit(one, ExitReason.kill());
      node.exit(other, ExitReason.kill());
    }
    assertThat(deadlocks).as("circles found").hasPositiveValue();
  }

  private String callFrom(ProcessRef<Message> caller, CallEachOther request) {
    return node.call(caller, request, Stress.LONG);
  }

  private record Caller(AtomicInteger deadlocks) implements Server<Message> {
    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case CallEachOther request -> self.reply(request, callOther(self, request.other()));
        case Question question -> self.reply(question, "answered");
        case Outcome _, Done _ -> throw new IllegalStateException("not for a caller");
      }
    }

    private String callOther(Self<Message> self, ProcessRef<Message> other) {
      try {
        return self.call(other, new Question(0), Stress.LONG);
      } catch (ExitException failed) {
        assertThat(failed.reason()).isInstanceOf(ExitReason.Deadlock.class);
        deadlocks.incrementAndGet();
        return "deadlock";
      }
    }
  }
}
