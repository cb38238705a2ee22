package dev.kith.bench.fjp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/*
 * The least that takes one message at a time: a queue with many producers, a word that says whether a turn is
 * due or under way, and a pool. No identity, no links, no ends, no limits, no crashes: what is left of a
 * process when everything but the speed is taken away, and so the mark to measure everything else against.
 *
 * The queue is Vyukov's: producers exchange the tail and then link their node behind the one they got; the
 * consumer follows the links. Between the exchange and the link the consumer sees an end that is none, and
 * stops; `tail` then still differs from `head`, so that the turn is scheduled anew.
 *
 * The task never completes (`exec` returns false), so that it can be forked again and again; a turn that is
 * forked before the last one has returned from `exec` is harmless, for by then `state` was IDLE.
 */
/// A mailbox and code, run by a `ForkJoinPool`.
@SuppressWarnings("serial") // tasks are serializable, and nobody does
abstract class Cell<M> extends ForkJoinTask<@Nullable Void> {
  /// Messages until it is somebody else's turn.
  private static final int BATCH = 256;

  private static final int IDLE = 0;
  private static final int SCHEDULED = 1;

  private static final VarHandle STATE;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Cell.class, "state", int.class);
      TAIL = lookup.findVarHandle(Cell.class, "tail", Mail.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final class Mail {
    private @Nullable Object message;

    /// Written once by the producer of the next one.
    private volatile @Nullable Mail next;

    Mail(@Nullable Object message) {
      this.message = message;
    }
  }

  private final ForkJoinPool pool;

  /// Won by who schedules a turn, given back by the turn.
  private volatile int state;

  /// Exchanged by producers.
  private volatile Mail tail = new Mail(null);

  /// The last one taken. The turn's.
  private Mail head = tail;

  Cell(ForkJoinPool pool) {
    this.pool = pool;
  }

  /// Handles one message.
  abstract void handle(M message);

  final void send(M message) {
    Mail mail = new Mail(message);
    ((Mail) TAIL.getAndSet(this, mail)).next = mail;
    wake();
  }

  private void wake() {
    if (state == IDLE && STATE.compareAndSet(this, IDLE, SCHEDULED)) {
      if (ForkJoinTask.getPool() == pool) {
        fork();
      } else {
        pool.execute(this);
      }
    }
  }

  @Override
  protected final boolean exec() {
    for (int i = 0; i < BATCH; i++) {
      M message = poll();
      if (message == null) {
        break;
      }
      handle(message);
    }
    state = IDLE;
    if (head != tail) {
      wake();
    }
    return false;
  }

  @SuppressWarnings("unchecked") // nothing else is sent
  private @Nullable M poll() {
    Mail first = head.next;
    if (first == null) {
      return null;
    }
    head = first;
    M message = (M) first.message;
    first.message = null;
    return message;
  }

  @Override
  public final @Nullable Void getRawResult() {
    return null;
  }

  @Override
  protected final void setRawResult(@Nullable Void value) {}
}
