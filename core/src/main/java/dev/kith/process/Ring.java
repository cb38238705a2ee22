package dev.kith.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/*
 * One producer, the worker whose ring it is, and many consumers: worker and thieves all take from the head
 * with compare-and-set, so what was copied counts only if the head has not moved. What stands between head
 * and tail is never overwritten, because the producer refuses when tail - head is the capacity.
 *
 * Where it lies. A worker that searches looks at the rings all the time. Each line that it looks at and the
 * owner writes has to travel between two processors for each message, which costs more than the rest of the
 * message together (a pair that plays ping-pong beside a searching worker was three times slower). So head
 * and tail are the only things that both touch, and they lie alone: in an array, because fields cannot be
 * kept apart without a flag for the JVM.
 */
/// The turns that wait for one worker, and may be stolen by others. First in, first out.
///
/// **Threading.** [#offer] by the worker only, all else by any thread.
final class Ring {
  /// How many turns fit.
  static final int CAPACITY = 256;

  private static final int MASK = CAPACITY - 1;

  /// Elements between two that must not share a line: 128 bytes, since lines are fetched in pairs.
  private static final int APART = 16;

  private static final int HEAD = APART;
  private static final int TAIL = 2 * APART;

  private static final VarHandle END = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(Turn[].class);

  private final long[] ends = new long[3 * APART];
  private final @Nullable Turn[] turns = new Turn[CAPACITY];

  /// Puts a turn behind the others; false if the ring is full. Calls nothing after the step that
  /// makes it visible.
  boolean offer(Turn turn) {
    long tail = tail();
    if (tail - head() >= CAPACITY) {
      return false;
    }
    TURN.setRelease(turns, (int) tail & MASK, turn);
    END.setVolatile(ends, TAIL, tail + 1);
    return true;
  }

  /// Takes the turn that has stood here longest; null if there is none.
  @Nullable Turn poll() {
    while (true) {
      long head = head();
      if (head >= tail()) {
        return null;
      }
      Turn turn = turn(head);
      if (END.compareAndSet(ends, HEAD, head, head + 1)) {
        return turn;
      }
    }
  }

  /// Takes half of the turns: returns one, and puts the others into the thief's ring, whose worker
  /// calls this. Null if there are none.
  @Nullable Turn robFor(Ring thief) {
    while (true) {
      long head = head();
      long waiting = tail() - head;
      if (waiting <= 0) {
        return null;
      }
      int count = (int) Math.min((waiting + 1) / 2, thief.room() + 1);
      Turn[] loot = new Turn[count];
      for (int i = 0; i < count; i++) {
        loot[i] = turn(head + i);
      }
      if (END.compareAndSet(ends, HEAD, head, head + count)) {
        for (int i = 1; i < count; i++) {
          thief.offer(loot[i]); // it has room, and nobody else fills it
        }
        return loot[0];
      }
    }
  }

  boolean isEmpty() {
    return head() >= tail();
  }

  /// How many turns were ever put in.
  long offered() {
    return tail();
  }

  /// Whether that many of them have been taken.
  boolean hasTaken(long count) {
    return head() >= count;
  }

  private long room() {
    return CAPACITY - (tail() - head());
  }

  private long head() {
    return (long) END.getVolatile(ends, HEAD);
  }

  private long tail() {
    return (long) END.getVolatile(ends, TAIL);
  }

  private Turn turn(long position) {
    return (Turn) TURN.getAcquire(turns, (int) position & MASK);
  }
}
