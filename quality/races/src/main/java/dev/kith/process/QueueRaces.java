package dev.kith.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// A turn that stands in a ring or a slot is taken once, by its owner or by a thief.
///
/// The results are decimal numbers: the n-th digit from the right says how often turn n was taken.
final class QueueRaces {
  private QueueRaces() {}

  private static final RunQueues QUEUES = new RunQueues(new RealClock(), 2);

  /// A worker whose thread never starts, and turns for it; the actors are its thread and thieves.
  private abstract static class Rings {
    final Worker owner = new Worker(QUEUES, "owner");
    final Worker thief = new Worker(QUEUES, "thief");
    private final Box[] turns = {new Box(), new Box(), new Box(), new Box()};

    /// Turn 1 to 4.
    final Box turn(int number) {
      return turns[number - 1];
    }

    /// The digit that stands for having taken this turn.
    final int digit(Turn taken) {
      int digit = 1;
      for (Box turn : turns) {
        if (turn == taken) {
          return digit;
        }
        digit *= 10;
      }
      return 0;
    }

    /// Whatever is left in both workers' queues.
    final int rest() {
      int taken = 0;
      for (Worker worker : new Worker[] {owner, thief}) {
        for (Turn next = worker.next(); next != null; next = worker.next()) {
          taken += digit(next);
        }
      }
      return taken;
    }
  }

  @JCStressTest
  @Outcome(id = "1111", expect = ACCEPTABLE, desc = "each of the four turns is taken once")
  @Outcome(expect = FORBIDDEN, desc = "a turn is lost, or runs twice")
  @State
  public static class OwnerAndThief extends Rings {
    private int byOwner;
    private int byThief;

    public OwnerAndThief() {
      owner.enqueue(turn(1));
      owner.enqueue(turn(2));
      owner.enqueue(turn(3));
    }

    @Actor
    public void owner() {
      byOwner = digit(owner.next());
      owner.enqueue(turn(4));
      byOwner += digit(owner.next());
    }

    @Actor
    public void thief() {
      byThief = digit(owner.ring.robFor(thief.ring));
    }

    @Arbiter
    public void count(I_Result result) {
      result.r1 = byOwner + byThief + rest();
    }
  }

  @JCStressTest
  @Outcome(id = "1111", expect = ACCEPTABLE, desc = "each of the four turns is taken once")
  @Outcome(expect = FORBIDDEN, desc = "a turn is lost, or runs twice")
  @State
  public static class TwoThieves extends Rings {
    private final Worker other = new Worker(QUEUES, "other");
    private int byThief;
    private int byOther;

    public TwoThieves() {
      for (int i = 1; i <= 4; i++) {
        owner.enqueue(turn(i));
      }
    }

    @Actor
    public void thief() {
      byThief = digit(owner.ring.robFor(thief.ring));
    }

    @Actor
    public void other() {
      byOther = digit(owner.ring.robFor(other.ring));
      for (Turn next = other.next(); next != null; next = other.next()) {
        byOther += digit(next);
      }
    }

    @Arbiter
    public void count(I_Result result) {
      result.r1 = byThief + byOther + rest();
    }
  }

  /// The owner wakes turn 2 while a thief takes turn 1, which stood in the slot.
  @JCStressTest
  @Outcome(id = "11", expect = ACCEPTABLE, desc = "both are taken once")
  @Outcome(expect = FORBIDDEN, desc = "a turn is lost, or runs twice")
  @State
  public static class PublishOrStealSlot extends Rings {
    private int byThief;

    public PublishOrStealSlot() {
      wake(turn(1));
    }

    private void wake(Turn turn) {
      turn.behind = owner.woken;
      owner.woken = turn;
      owner.publish();
    }

    @Actor
    public void owner() {
      wake(turn(2));
    }

    @Actor
    public void thief() {
      Turn standing = owner.slot();
      if (standing != null && owner.stealSlot(standing)) {
        byThief = digit(standing);
      }
    }

    @Arbiter
    public void count(I_Result result) {
      result.r1 = byThief + rest();
    }
  }

  /// The owner takes turn 1 from the slot and puts it there again: whoever then steals it, steals
  /// what stands there.
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "the owner ran it, and it was taken once more")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the thief had it first")
  @Outcome(expect = FORBIDDEN, desc = "it runs once too often, or is lost")
  @State
  public static class SlotTakenAndFilledAgain extends Rings {
    private int byOwner;
    private int byThief;

    public SlotTakenAndFilledAgain() {
      owner.woken = turn(1);
      owner.publish();
    }

    @Actor
    public void owner() {
      Turn taken = owner.next();
      if (taken != null) {
        byOwner = digit(taken);
        owner.woken = taken;
        owner.publish();
      }
    }

    @Actor
    public void thief() {
      Turn standing = owner.slot();
      if (standing != null && owner.stealSlot(standing)) {
        byThief = digit(standing);
      }
    }

    @Arbiter
    public void count(I_Result result) {
      result.r1 = byOwner + byThief + rest();
    }
  }

  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "woken, or the sleeper sees the work")
  @Outcome(expect = FORBIDDEN, desc = "it sleeps, and the work lies there")
  @State
  public static class ArrivalOrFallingAsleep {
    private final GlobalQueue queue = new GlobalQueue();
    private final Worker worker = new Worker(QUEUES, "sleeper");
    private boolean woken;
    private boolean sees;

    @Actor
    public void arrival() {
      queue.add(new Box());
      woken = worker.isParked();
    }

    @Actor
    public void sleeper() {
      worker.announceParked();
      sees = !queue.isEmpty();
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = woken || sees;
    }
  }
}
