package dev.kith.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// One life in a [Crowd]: at each step it does something to somebody, and it keeps books.
final class Member {
  private static final Duration ASK_WITHIN = Duration.ofMillis(200);
  private static final Duration CALL_WITHIN = Duration.ofMillis(20);

  private final Crowd crowd;
  private final SplittableRandom chance;
  private final Map<Pid, Integer> sent = new HashMap<>();
  private final Map<Pid, Integer> got = new HashMap<>();
  private final Set<Pid> watched = new HashSet<>();
  private int open;

  private Member(Crowd crowd, long seed) {
    this.crowd = crowd;
    this.chance = new SplittableRandom(seed);
  }

  /// Do something.
  enum Step {
    STEP
  }

  private record Word(Pid from, int number) {}

  private record Question(int number) implements Request<Integer> {}

  private record Answered(int number, Answer<Integer> answer) {}

  record Show() implements Request<Books> {}

  /// By its place it is a body, a blocking server or a server.
  static ProcessSpec<Object> spec(Crowd crowd, int place, long seed) {
    if (place % 4 == 0) {
      return ProcessSpec.body(
          Object.class, (self, inbox) -> new Member(crowd, seed).live(self, inbox));
    }
    ProcessSpec<Object> server =
        ProcessSpec.server(
            Object.class,
            () -> {
              Member member = new Member(crowd, seed);
              return (self, message) -> member.handle(self, message);
            });
    return place % 4 == 1 ? server.blocking() : server;
  }

  private void live(Self<Object> self, Inbox<Object> inbox) {
    while (true) {
      handle(self, inbox.receive());
    }
  }

  private void handle(Self<Object> self, Object message) {
    switch (message) {
      case Step step -> step(self, step);
      case Word(Pid from, int number) -> heard(self, from, number);
      case Question question -> self.reply(question, question.number());
      case Answered(int number, Answer<Integer> answer) -> answered(self, number, answer);
      case Down down -> {
        if (!watched.remove(down.pid())) {
          crowd.complain(self.pid() + " was told of " + down.pid() + " once too often");
        }
      }
      case Exit _ -> {
        // it traps exits and goes on
      }
      case Show show -> self.reply(show, new Books(self.pid(), sent, got, watched, open));
      default -> crowd.complain(self.pid() + " got " + message);
    }
  }

  private void heard(Self<Object> self, Pid from, int number) {
    int before = got.merge(from, 1, Integer::sum) - 1;
    if (before != number) {
      crowd.complain(
          "%s heard word %d of %s after %d words".formatted(self.pid(), number, from, before));
    }
  }

  private void answered(Self<Object> self, int number, Answer<Integer> answer) {
    open--;
    if (answer instanceof Answer.Reply<Integer>(Integer reply) && reply != number) {
      crowd.complain("%s asked %d and was told %d".formatted(self.pid(), number, reply));
    }
  }

  private void step(Self<Object> self, Step step) {
    if (crowd.isStopped()) {
      return;
    }
    ProcessRef<Object> other = crowd.any(chance);
    int what = chance.nextInt(1_000);
    if (what < 10) {
      endSomething(self, other, what);
    } else if (what < 20) {
      Stress.sleep(chance.nextInt(3));
    } else if (what < 40) {
      Stress.linger(chance, 200_000);
    } else if (what < 70) {
      call(self, other);
    } else if (what < 140) {
      ask(self, other);
    } else if (what < 160) {
      watch(self, other);
    } else {
      talk(self, other);
    }
    if (chance.nextBoolean()) {
      self.ref().send(step);
    } else {
      self.sendAfter(Duration.ofNanos(chance.nextInt(300_000)), step);
    }
  }

  private void endSomething(Self<Object> self, ProcessRef<Object> other, int what) {
    switch (what) {
      case 0 -> throw new IllegalStateException("crashes");
      case 1 -> self.exit(other, ExitReason.kill());
      case 2 -> self.exit(ExitReason.normal());
      case 3 -> self.trapExits(exit -> exit);
      case 4 -> self.link(other);
      default -> self.unlink(other);
    }
  }

  private void talk(Self<Object> self, ProcessRef<Object> other) {
    for (int i = chance.nextInt(8); i >= 0; i--) {
      int number = sent.merge(other.pid(), 1, Integer::sum) - 1;
      other.send(new Word(self.pid(), number));
    }
  }

  private void ask(Self<Object> self, ProcessRef<Object> other) {
    int number = chance.nextInt();
    self.ask(other, new Question(number), ASK_WITHIN, answer -> new Answered(number, answer));
    open++;
  }

  private void call(Self<Object> self, ProcessRef<Object> other) {
    int number = chance.nextInt();
    try {
      int reply = self.<Integer, Question>call(other, new Question(number), CALL_WITHIN);
      if (reply != number) {
        crowd.complain("%s called with %d and got %d".formatted(self.pid(), number, reply));
      }
    } catch (ExitException _) {
      // too late, dead, or a circle
    }
  }

  private void watch(Self<Object> self, ProcessRef<Object> other) {
    if (!other.equals(self.ref()) && watched.add(other.pid())) {
      self.monitor(other, down -> down);
    }
  }
}
