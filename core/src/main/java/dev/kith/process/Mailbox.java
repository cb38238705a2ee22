package dev.kith.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/*
 * Many senders, one receiver, and one atomic step that says who schedules.
 *
 * `in` is the head of a stack of signals, or one of three other things:
 *
 *   IDLE   nothing waits and nobody runs: whoever replaces IDLE must make the process runnable
 *   null   nothing waits, the process is runnable or running
 *   chain  signals wait, the process is runnable or running
 *   DEAD   the process has ended, for ever
 *
 *            push (schedules)                 fetch                  retire
 *   IDLE ───────────────────► chain ─────────────────────► null ───────────────► DEAD
 *     ▲                         ▲ └─ push ─┘ ▲               │
 *     │                         └────────────┼──── push ─────┤
 *     └──────────────────────────────────────┴─── goIdle ────┘
 *
 * A sender pushes with one compare-and-set; the value it replaced tells it all: DEAD, refuse; IDLE, the
 * sender alone owns the duty to schedule; anything else, nothing to do. There is no half-linked node that
 * the receiver would have to wait for, no dummy, and no ABA: nobody pops single nodes, the receiver takes
 * the whole stack with one exchange and reverses it into `out`, which is its own.
 *
 * Depth is counted without a shared counter: a signal carries the number of messages in the stack under
 * it, which its sender knows from the head it replaces; `held` is what the receiver has fetched and not
 * yet handled. The sum may be stale by what moves between the two reads, which a limit can bear.
 *
 * Who calls what: push from anywhere; all else only by the thread that runs the turn, or by the reaper
 * once it has claimed the process (see LocalProcess).
 *
 * The stack's idea is R. K. Treiber's (IBM RJ 5118, 1986); taking all at once and reversing is common to
 * the mailboxes of many runtimes.
 */
abstract non-sealed class Mailbox extends Turn {
  static final Signal IDLE = new Control.Marker("IDLE");
  static final Signal DEAD = new Control.Marker("DEAD");

  private static final VarHandle IN;
  private static final VarHandle ATTENTION;

  static {
    try {
      var lookup = MethodHandles.lookup();
      IN = lookup.findVarHandle(Mailbox.class, "in", Signal.class);
      ATTENTION = lookup.findVarHandle(Mailbox.class, "attention", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// What a push came to.
  enum Push {
    SENT,
    /// Sent, and the caller must make the process runnable.
    WOKE,
    DEAD,
    FULL
  }

  /// See above. Written by everybody, with compare-and-set.
  private volatile @Nullable Signal in;

  /// Fetched and not yet handled, oldest first. Owned by the receiver.
  private @Nullable Mail out;

  private @Nullable Mail outLast;

  /// How many are in `out`. Written by the receiver, read by anybody for limits and pictures.
  private int held;

  /// Messages are not handed out, only signals act. Owned by the receiver.
  private boolean suspended;

  /// A signal that is not a message waits in `in`: look before the next message. Set by senders
  /// after their push, cleared by the receiver before it fetches.
  @SuppressWarnings("UnusedVariable") // through ATTENTION
  private boolean attention;

  /// Puts a signal in, if fewer than `limit` messages wait.
  ///
  /// @param weight 1 for what counts as a message, else 0
  final Push push(Signal signal, int weight, int limit) {
    Signal seen = in;
    while (true) {
      if (seen == DEAD) {
        return Push.DEAD;
      }
      int below = seen == null ? 0 : seen.depth;
      if (below + held >= limit) {
        return Push.FULL;
      }
      if (seen == IDLE && !(Thread.currentThread() instanceof Worker)) {
        StackProbe.probe(); // a worker makes up for what is left undone, other threads cannot
      }
      signal.depth = below + weight;
      signal.next = seen == IDLE ? null : seen;
      // Not compareAndExchange: that casts its result, a call after the step that must be the last.
      if (IN.compareAndSet(this, seen, signal)) {
        return seen == IDLE ? Push.WOKE : Push.SENT;
      }
      seen = in;
    }
  }

  /// Asks the receiver to look at its signals before it handles another message.
  final void alert() {
    ATTENTION.setOpaque(this, true);
  }

  /// The next message, fetching if need be; null if there is none.
  final @Nullable Mail poll() {
    if (out == null || (boolean) ATTENTION.getOpaque(this)) {
      fetch();
      if (suspended) {
        alert(); // so that this is looked at next time too, and costs nothing else
        return out instanceof Look ? pollKept() : null;
      }
    }
    return pollKept();
  }

  /// From the next [#poll] on hands out messages no more, or again.
  final void suspend(boolean now) {
    suspended = now;
    alert();
  }

  final boolean isSuspended() {
    return suspended;
  }

  /// The next message that was fetched, without fetching.
  final @Nullable Mail pollKept() {
    Mail mail = out;
    if (mail != null) {
      out = (Mail) mail.next;
      mail.next = null;
      held--;
      if (out == null) {
        outLast = null;
      }
    }
    return mail;
  }

  /// The next message that was fetched, left where it is.
  final @Nullable Mail peekKept() {
    return out;
  }

  /// Puts a message before all that were fetched, such as one that [#poll] took from there.
  final void putBack(Mail mail) {
    mail.next = out;
    out = mail;
    if (outLast == null) {
      outLast = mail;
    }
    held++;
  }

  /// A message that was taken out is laid aside: it still waits, and counts against the limit.
  final void laidAside() {
    held++;
  }

  /// A message that was laid aside is done with.
  final void fromAside() {
    held--;
  }

  /// Takes everything that has come in, lets signals act and keeps messages.
  final void fetch() {
    if (in != null) {
      // Only before an exchange, which is a fence: else the store could pass the look at `in` and
      // wipe out the alert of a signal that the look has missed.
      ATTENTION.setOpaque(this, false);
      arrive((Signal) IN.getAndSet(this, null));
    }
  }

  /// Goes idle if nothing has come in. From then on another thread may run this process.
  final boolean goIdle() {
    return in == null && (out == null || suspended) && IN.compareAndSet(this, null, IDLE);
  }

  /// Goes idle though fetched messages wait: for a process that waits for something else.
  final boolean goIdleHolding() {
    return in == null && IN.compareAndSet(this, null, IDLE);
  }

  /// Takes idleness back, if nobody has pushed since.
  final boolean wakeUp() {
    return IN.compareAndSet(this, IDLE, null);
  }

  /// Ends the mailbox: what has come in acts or is kept, what comes later is refused.
  final void retire() {
    arrive((Signal) IN.getAndSet(this, DEAD));
  }

  /// Whether the process has ended.
  final boolean isRetired() {
    return in == DEAD;
  }

  /// How many messages wait, about.
  final int depth() {
    Signal head = in;
    return held + (head == null ? 0 : head.depth);
  }

  /// Keeps a message behind those that were fetched before.
  final void keep(Mail mail) {
    if (outLast == null) {
      out = mail;
    } else {
      outLast.next = mail;
    }
    outLast = mail;
    held++;
  }

  /// A signal takes effect; what it becomes is kept.
  abstract @Nullable Mail arrived(Signal signal);

  private void arrive(@Nullable Signal newest) {
    Signal oldest = null;
    for (Signal signal = newest; signal != null && signal != IDLE; ) {
      Signal older = signal.next;
      signal.next = oldest;
      oldest = signal;
      signal = older;
    }
    for (Signal signal = oldest; signal != null; ) {
      Signal newer = signal.next;
      signal.next = null;
      Mail mail = arrived(signal);
      if (mail != null) {
        keep(mail);
      }
      signal = newer;
    }
  }
}
