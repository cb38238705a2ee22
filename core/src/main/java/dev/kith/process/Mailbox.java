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
 *   chain  the process is runnable or running; what stands above `reached` waits
 *   DEAD   the process has ended, for ever
 *
 *            push (schedules)                                       retire
 *   IDLE ───────────────────► chain ◄──── push ──── null       any ───────────────► DEAD
 *     ▲                        │  ▲ └─ push ─┘       ▲
 *     └─ goIdle, at `reached` ─┘  └── fetch ─────────┘
 *
 * A sender pushes with one compare-and-set; the value it replaced tells it all: DEAD, refuse; IDLE, the
 * sender alone owns the duty to schedule; anything else, nothing to do. There is no half-linked node that
 * the receiver would have to wait for, no dummy, and no ABA: nobody pops single nodes, the receiver takes
 * the whole stack at once and reverses it into `out`, which is its own.
 *
 * It takes the stack by remembering how far it has come: `reached` is the newest signal that it has fetched,
 * and stays in `in` until another is pushed over it or the process goes idle. So a fetch writes nothing that
 * senders look at, and a message costs two atomic steps, its push and half of a wake-up and a going idle.
 * Only what is pushed once in its life may stay there, which is a plain message: an answer is the question
 * sent back, and might come again while the receiver still takes it for fetched. All else is taken out with
 * an exchange.
 *
 * Depth is counted without a shared counter: a signal carries how many messages were ever pushed, which its
 * sender knows from the head it replaces; the receiver counts how many of them it has done with. The
 * difference may be out by what moves between the two reads, which a limit can bear.
 *
 * A sender whose compare-and-set fails has met another sender, on another processor. It waits a little: in
 * that time the other pushes hundreds of messages with the line in its cache, where two that fight for the
 * line with each message are slower together than one alone.
 *
 * Who calls what: push from anywhere; all else only by the thread that runs the turn, or by the reaper
 * once it has claimed the process (see LocalProcess).
 *
 * The stack's idea is R. K. Treiber's (IBM RJ 5118, 1986); taking all at once and reversing is common to
 * the mailboxes of many runtimes. Waiting after a failed compare-and-set: D. Dice, D. Hendler, I. Mirsky,
 * "Lightweight Contention Management for Efficient Compare-and-Swap Operations" (Euro-Par 2013).
 */
abstract non-sealed class Mailbox extends Turn {
  static final Signal IDLE = new Control.Marker("IDLE");
  static final Signal DEAD = new Control.Marker("DEAD");

  /// How long a sender waits that has met another: 512 spins, some microseconds.
  private static final int SPINS_AFTER_CONTENTION = 512;

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

  /// The newest signal that was fetched, while it may still stand in `in`. Owned by the receiver.
  private @Nullable Signal reached;

  /// How many messages were ever pushed, as of the last fetch. Written by the receiver, read by
  /// senders that find no signal in `in` to read it from.
  private int fetched;

  /// How many of them do not wait any more. Written by the receiver, read by anybody for limits and
  /// pictures.
  private int done;

  /// Messages are not handed out, only signals act. Owned by the receiver.
  private boolean suspended;

  /// A signal that is not a message waits in `in`: look before the next message. Set by senders
  /// after their push, cleared by the receiver before it fetches.
  @SuppressWarnings("UnusedVariable") // through ATTENTION
  private boolean attention;

  /// Puts a signal in, if fewer than `limit` messages wait.
  ///
  /// @param weight 1 for what counts as a message, else 0
  /// @param isSure whether the caller is sure to do what [Push#WOKE] asks for: a worker makes up
  ///   for what is left undone, other threads must have enough stack
  final Push push(Signal signal, int weight, int limit, boolean isSure) {
    Signal seen = in;
    while (true) {
      if (seen == DEAD) {
        return Push.DEAD;
      }
      int below = seen == null || seen == IDLE ? fetched : seen.pushed;
      if (below - done >= limit) {
        return Push.FULL;
      }
      if (seen == IDLE && !isSure) {
        StackProbe.probe();
      }
      signal.pushed = below + weight;
      signal.next = seen == IDLE ? null : seen;
      // Not compareAndExchange: that casts its result, a call after the step that must be the last.
      if (IN.compareAndSet(this, seen, signal)) {
        return seen == IDLE ? Push.WOKE : Push.SENT;
      }
      seen = in;
      if (seen != null && seen != IDLE && seen != DEAD) {
        standBack();
        seen = in;
      }
    }
  }

  private static void standBack() {
    for (int i = 0; i < SPINS_AFTER_CONTENTION; i++) {
      Thread.onSpinWait();
    }
  }

  /// Asks the receiver to look at its signals before it handles another message.
  final void alert() {
    ATTENTION.setOpaque(this, true);
  }

  /// The next message, fetching if need be; null if there is none.
  final @Nullable Mail poll() {
    boolean alerted = (boolean) ATTENTION.getOpaque(this);
    if (out == null && !alerted && in instanceof Message message && message.next == reached) {
      return pollOnly(message);
    }
    if (out == null || alerted) {
      fetch();
      if (suspended) {
        alert(); // so that this is looked at next time too, and costs nothing else
        return out instanceof Look ? pollKept() : null;
      }
    }
    return pollKept();
  }

  /// As a fetch and a poll, when nothing waits but one plain message: as in most conversations.
  private Message pollOnly(Message message) {
    reached = message;
    done += message.pushed - fetched;
    fetched = message.pushed;
    message.next = null;
    return message;
  }

  /// Whether [#poll] has something to do.
  final boolean hasMail() {
    return hasArrivals() || (out != null && !suspended);
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
      done++;
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
    done--;
  }

  /// A message that was taken out is laid aside: it still waits, and counts against the limit.
  final void laidAside() {
    done--;
  }

  /// A message that was laid aside is done with.
  final void fromAside() {
    done++;
  }

  /// Takes everything that has come in, lets signals act and keeps messages.
  final void fetch() {
    if ((boolean) ATTENTION.getOpaque(this)) {
      ATTENTION.setOpaque(this, false);
      // Else the store could pass the look at `in`, and wipe out the alert of a signal that the
      // look has missed.
      VarHandle.fullFence();
    }
    if (hasArrivals()) {
      Signal newest = in;
      if (newest instanceof Message) {
        Signal before = reached;
        reached = newest;
        arrive(newest, before);
      } else {
        takeOut(null);
      }
    }
  }

  /// Whether something was pushed since the last fetch.
  private boolean hasArrivals() {
    Signal newest = in;
    return newest != null && newest != reached;
  }

  /// Goes idle if nothing has come in. From then on another thread may run this process.
  final boolean goIdle() {
    return (out == null || suspended) && goIdleHolding();
  }

  /// Goes idle though fetched messages wait: for a process that waits for something else.
  final boolean goIdleHolding() {
    Signal before = reached;
    Signal newest = in;
    if (newest != null && newest != before) {
      return false;
    }
    boolean idle = false;
    try {
      reached = null; // an idle process keeps no message alive
      idle = IN.compareAndSet(this, newest, IDLE);
    } finally {
      if (!idle) {
        reached = before; // also if the stack was too short for the step above
      }
    }
    return idle;
  }

  /// Takes idleness back, if nobody has pushed since.
  final boolean wakeUp() {
    return IN.compareAndSet(this, IDLE, null);
  }

  /// Ends the mailbox: what has come in acts or is kept, what comes later is refused.
  final void retire() {
    takeOut(DEAD);
  }

  private void takeOut(@Nullable Signal instead) {
    Signal newest = (Signal) IN.getAndSet(this, instead);
    Signal before = reached;
    reached = null;
    if (newest != null && newest != IDLE && newest != before) {
      arrive(newest, before);
    }
  }

  /// Whether the process has ended.
  final boolean isRetired() {
    return in == DEAD;
  }

  /// How many messages wait up to this one, which was just pushed, about.
  final int depthOf(Signal signal) {
    return signal.pushed - done;
  }

  /// How many messages wait, about.
  final int depth() {
    Signal head = in;
    return (head == null || head == IDLE || head == DEAD ? fetched : head.pushed) - done;
  }

  /// Keeps a message behind those that were fetched before.
  final void keep(Mail mail) {
    append(mail);
    done--;
  }

  private void append(Mail mail) {
    if (outLast == null) {
      out = mail;
    } else {
      outLast.next = mail;
    }
    outLast = mail;
  }

  /// A signal takes effect; what it becomes is kept.
  abstract @Nullable Mail arrived(Signal signal);

  private void arrive(Signal newest, @Nullable Signal before) {
    int doneWith = newest.pushed - fetched; // but for those that are kept
    Signal oldest = null;
    for (Signal signal = newest; signal != null && signal != before; ) {
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
        append(mail);
        doneWith--;
      }
      signal = newer;
    }
    fetched = newest.pushed;
    done += doneWith;
  }
}
