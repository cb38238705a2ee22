package dev.kith.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Processes that deal with each other in every way, and a keeper who replaces those that die.
final class Crowd {
  private final Node node;
  private final AtomicReferenceArray<ProcessRef<Object>> members;
  private final SplittableRandom seeds = Stress.random();
  private final AtomicLong lives = new AtomicLong();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final ProcessRef<Object> keeper;
  private volatile boolean stopped;

  Crowd(Node node, int size) {
    this.node = node;
    this.members = new AtomicReferenceArray<>(size);
    this.keeper = node.spawn(Object.class, Keeper::new);
  }

  /// Tells the keeper to fill a place.
  private record Vacant(int place) {}

  private enum Begin {
    BEGIN
  }

  void begin() {
    for (int place = 0; place < members.length(); place++) {
      keeper.send(new Vacant(place));
    }
    keeper.send(Begin.BEGIN);
  }

  /// From now on nobody begins anything.
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /// Kills everybody.
  void end() {
    node.exit(keeper, ExitReason.kill());
    for (int place = 0; place < members.length(); place++) {
      node.exit(members.get(place), ExitReason.kill());
    }
  }

  /// Something that must never happen.
  void complain(String what) {
    complaints.add(what);
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// How many members there ever were.
  long lives() {
    return lives.get();
  }

  ProcessRef<Object> any(SplittableRandom chance) {
    return members.get(chance.nextInt(members.length()));
  }

  /// The books of all that live. Everybody is asked twice: what was sent before an answer to the
  /// first has come before the second.
  List<Books> books() {
    askAll();
    return askAll();
  }

  private List<Books> askAll() {
    List<Books> all = new ArrayList<>();
    for (int place = 0; place < members.length(); place++) {
      try {
        all.add(node.call(members.get(place), new Member.Show(), Stress.LONG));
      } catch (ExitException e) {
        if (e.reason() instanceof ExitReason.Timeout) {
          throw new AssertionError(members.get(place) + " is deaf", e);
        }
      }
    }
    return all;
  }

  /// Fills places that are vacant.
  private final class Keeper implements Server<Object> {
    private boolean begun;

    @Override
    public void handle(Self<Object> self, Object message) {
      switch (message) {
        case Vacant(int place) -> fill(self, place);
        case Begin _ -> begun();
        default -> complain("the keeper got " + message);
      }
    }

    private void fill(Self<Object> self, int place) {
      ProcessSpec<Object> spec = Member.spec(Crowd.this, place, seeds.nextLong());
      ProcessRef<Object> member = self.spawnMonitored(spec, _ -> new Vacant(place));
      members.set(place, member);
      lives.incrementAndGet();
      if (begun) {
        member.send(Member.Step.STEP);
      }
    }

    /// All are there: nobody meets a place that was never filled.
    private void begun() {
      begun = true;
      for (int place = 0; place < members.length(); place++) {
        members.get(place).send(Member.Step.STEP);
      }
    }
  }
}
