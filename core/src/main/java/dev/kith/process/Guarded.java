package dev.kith.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/*
 * A mailbox whose owner can be killed.
 *
 * Who owns it. All plain fields belong to the process: to the thread that runs its turn. Between turns
 * nobody touches them; a turn hands them to the next through the scheduler's queues. One other may take
 * them over, once and for good: the reaper, after a kill, from a process whose code does not return.
 *
 * Kill is a fence (EXIT-4, JVM-3). The killer sets FENCED and pushes the exit signal. Then either
 *
 *   - the process comes to a boundary by itself (it nearly always does within microseconds), sees FENCED,
 *     and ends itself; or
 *   - the reaper finds it still in user code after a grace of some ticks, and ends it in its place.
 *
 * CLAIMED, set by an atomic or, decides between the two: whoever sets it first applies what was signalled
 * before the kill and tells the world; the other finds a zombie and touches nothing.
 *
 * What the reaper must not do is take over in the middle of a runtime call. So every entry from user code
 * into the runtime is a section: `inRuntime` is set, then FENCED is read; the reaper set FENCED, waited
 * for its grace, and then reads `inRuntime`. That is Dekker's handshake with one side cheap: instead of a
 * full fence for each call (a fifth of the price of a message), the grace of more than a millisecond covers
 * the time a store may take to become visible. Opaque accesses keep the compiler from swapping the two, a
 * context switch drains the store buffer, so a thread that was stopped between them is seen inside.
 *
 * The interrupt belongs to the turn: the reaper announces INTERRUPTING by an atomic or and withdraws if
 * CLAIMED was already there; the process, when it claims, waits for INTERRUPTING to pass and clears the
 * flag. So an interrupt never reaches the next process on the same thread.
 */
/// Keeps the runtime's part of a process apart from the process's own code, and decides who ends
/// it.
abstract sealed class Guarded extends Mailbox permits LocalProcess {
  private static final int FENCED = 1;
  private static final int CLAIMED = 2;
  private static final int INTERRUPTING = 4;
  private static final int OVERFLOWED = 8;

  /// When the reaper interrupts, in ticks after the kill.
  private static final int REAP_INTERRUPT_TICKS = 2;

  /// When the reaper takes over, in ticks after the kill.
  private static final int REAP_CLAIM_TICKS = 4;

  private static final VarHandle STATUS;
  private static final VarHandle IN_RUNTIME;

  static {
    try {
      var lookup = MethodHandles.lookup();
      STATUS = lookup.findVarHandle(Guarded.class, "status", int.class);
      IN_RUNTIME = lookup.findVarHandle(Guarded.class, "inRuntime", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final boolean interruptible;

  /// FENCED, CLAIMED, INTERRUPTING, OVERFLOWED. Written by anybody with an atomic or.
  @SuppressWarnings("UnusedVariable") // through STATUS
  private volatile int status;

  /// False only while the process's own code runs, outside of any call into the runtime.
  private boolean inRuntime = true;

  /// Why the process ends; it does not run its code any more, but for `terminate`.
  private @Nullable ExitReason ending;

  /// `ending` was set in the middle of the process's code, which must be left.
  private boolean unwinding;

  /// Its `terminate` runs: it has a reason to end and may still use the runtime.
  private boolean terminating;

  /// The thread that runs the turn. Read by the reaper.
  private @Nullable Thread runner;

  Guarded(boolean interruptible) {
    this.interruptible = interruptible;
  }

  /// The reaper ends the process in its place.
  abstract void takeOver();

  /// Enters the runtime from the process's own code. Throws if the process must not go on.
  ///
  /// @return what to give to [#leave]
  final boolean enter() {
    boolean outer = inRuntime;
    IN_RUNTIME.setOpaque(this, true);
    if (unwinding || ((int) STATUS.getOpaque(this) & FENCED) != 0) {
      IN_RUNTIME.setOpaque(this, outer);
      throw Unwind.INSTANCE;
    }
    return outer;
  }

  final void leave(boolean outer) {
    IN_RUNTIME.setRelease(this, outer);
  }

  /// As [#enter], for what only the process itself may do.
  final boolean enterSelf() {
    checkSelf();
    return enter();
  }

  /// As [#enterSelf], for what changes the process's tables: running out of stack in the middle,
  /// the process might leave them half changed and go on.
  final boolean enterToChange() {
    StackProbe.probeToFetch();
    return enterSelf();
  }

  /// Fails unless this is the thread that runs the process's turn.
  final void checkSelf() {
    if (runner != Thread.currentThread()) {
      throw new IllegalStateException(
          this + " can be used as Self only in its own turn, not on " + Thread.currentThread());
    }
  }

  /// Runs code of the process. What it throws ends the process.
  final void runOwnCode(OwnCode code) {
    try {
      IN_RUNTIME.setRelease(this, false);
      code.run();
      backInRuntime();
    } catch (Throwable thrown) {
      crashed(thrown);
    }
  }

  /// A piece of the process's own code.
  interface OwnCode {
    void run() throws Exception;
  }

  /// The process's own code has returned.
  final void backInRuntime() {
    IN_RUNTIME.setOpaque(this, true);
    unwinding = false;
  }

  /// The process's own code has thrown. After a kill that means nothing: it may well be the kill's
  /// own interrupt. A crash in `terminate` takes the place of a reason that was none.
  final void crashed(Throwable thrown) {
    backInRuntime();
    if (thrown == Unwind.INSTANCE || isFenced()) {
      return;
    }
    if (ending == null || (terminating && !(ending instanceof ExitReason.Crashed))) {
      ending = ExitReasons.crashed(thrown);
    }
  }

  /// Runs the process's own code at its end.
  final void runTerminate(OwnCode code) {
    terminating = true;
    runOwnCode(code);
  }

  /// The process was killed: that is its reason if it had none, or was still in its `terminate`.
  final void dieKilled() {
    if (ending == null || terminating) {
      ending = ExitReason.killed();
    }
  }

  /// Whether the process must end now.
  final boolean isEnding() {
    return ending != null || isFenced();
  }

  final boolean isFenced() {
    return ((int) STATUS.getOpaque(this) & FENCED) != 0;
  }

  /// Begins to end, unless it already does.
  final void die(ExitReason reason) {
    if (ending == null) {
      ending = reason;
    }
  }

  /// Leaves the process's code if it must end.
  final void unwindIfEnding() {
    if (terminating ? isFenced() : isEnding()) {
      unwinding = ending != null;
      throw Unwind.INSTANCE;
    }
  }

  final boolean claim() {
    return ((int) STATUS.getAndBitwiseOr(this, CLAIMED) & CLAIMED) == 0;
  }

  final void clearInterrupt() {
    while (((int) STATUS.getVolatile(this) & INTERRUPTING) != 0) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
  }

  /// Called by the reaper, tick by tick after a kill.
  ///
  /// @param ticks how many have passed since
  /// @return whether there is nothing more to do
  final boolean reap(int ticks) {
    if (isRetired() || ((int) STATUS.getVolatile(this) & CLAIMED) != 0) {
      return true;
    }
    if (isInOwnCode() && ticks >= REAP_INTERRUPT_TICKS) {
      interrupt();
    }
    if (!isInOwnCode() || ticks < REAP_CLAIM_TICKS) {
      return false;
    }
    if (claim()) {
      takeOver();
    }
    return true;
  }

  private boolean isInOwnCode() {
    return !(boolean) IN_RUNTIME.getAcquire(this);
  }

  private void interrupt() {
    Thread running = runner;
    if (!interruptible || running == null) {
      return;
    }
    int before = (int) STATUS.getAndBitwiseOr(this, INTERRUPTING);
    if ((before & CLAIMED) == 0) {
      running.interrupt();
    }
    STATUS.getAndBitwiseAnd(this, ~INTERRUPTING);
  }

  /// From now on the process is dead for everybody, and does nothing more.
  final void fence() {
    STATUS.getAndBitwiseOr(this, FENCED);
  }

  /// Notes that the mailbox has overflowed; true the first time.
  final boolean overflows() {
    return ((int) STATUS.getAndBitwiseOr(this, OVERFLOWED) & OVERFLOWED) == 0;
  }

  /// The thread that runs the turn; null between turns.
  final void runner(@Nullable Thread thread) {
    runner = thread;
  }

  /// Leaves the process's code for good, with this reason.
  final Unwind leaveFor(ExitReason reason) {
    die(reason);
    unwinding = true;
    return Unwind.INSTANCE;
  }

  /// Why the process ends; null if it does not.
  final @Nullable ExitReason ending() {
    return ending;
  }
}
