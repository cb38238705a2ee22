package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// How a process waits inside the runtime: a body for messages, anybody for the answer to a call.
///
/// **Threading.** The process's own thread, in its turn.
final class Waiting {
  private final LocalProcess<?> process;
  private final Waiter waiter;

  private Waiting(LocalProcess<?> process) {
    this.process = process;
    this.waiter = process.ownWaiter();
  }

  /// Sends a request and waits for its answer, or for its deadline.
  ///
  /// @throws ExitException if that would close a circle of processes that wait for each other
  static <R> Answer<R> forAnswer(LocalProcess<?> process, Ask<R> ask) {
    StackProbe.probeToFetch(); // what comes in meanwhile acts here, and not by half
    Extras own = process.extras();
    Ask<?> outer = own.waitingFor; // `inspect` may call while its process waits in a call
    own.waitingFor = ask;
    try {
      String cycle = Cycle.find(ask, process);
      if (cycle != null) {
        throw new ExitException(new ExitReason.Deadlock(cycle));
      }
      ask.dispatchAndWait();
      while (!ask.isAnswered()) {
        process.fetch();
        runLooks(process);
        process.unwindIfEnding();
        if (!ask.isAnswered() && !forSignal(process, ask.dueAt) && ask.giveUp()) {
          return new Answer.Failed<>(ExitReason.timeout());
        }
      }
      return ask.answer();
    } finally {
      own.waitingFor = outer;
    }
  }

  /// Shows itself to those who look, though it waits in the middle of a message.
  private static void runLooks(LocalProcess<?> process) {
    while (process.peekKept() instanceof Look look) {
      process.pollKept();
      look.runFor(process);
    }
  }

  /// Waits until a connection has room for what the process wants to send.
  static void whilePaused(LocalProcess<?> process) {
    StackProbe.probeToFetch();
    while (process.extras().paused) {
      process.fetch();
      process.unwindIfEnding();
      if (process.extras().paused) {
        forSignal(process, Long.MAX_VALUE);
      }
    }
  }

  /// Waits until a signal has come in; false if the deadline passed first. Whoever calls it has
  /// made sure of some stack: idle and yet running, a process would run twice.
  static boolean forSignal(LocalProcess<?> process, long deadline) {
    process.wakeUp(); // does nothing yet, but the first call takes more stack than later ones
    return new Waiting(process).untilSignal(deadline);
  }

  private boolean untilSignal(long deadline) {
    waiter.occupy(Thread.currentThread());
    process.waiter = waiter;
    boolean inTime = true;
    if (process.goIdleHolding()) {
      inTime = untilPermit(deadline);
    }
    process.waiter = betweenWaits();
    return inTime;
  }

  private boolean untilPermit(long deadline) {
    boolean over = false;
    try {
      long until = deadline;
      while (!waiter.take()) {
        if (process.node.clock().nanos() >= until) {
          if (process.wakeUp()) {
            over = true;
            return false;
          }
          until = Long.MAX_VALUE; // somebody has pushed: the permit is on its way
        }
        process.node.scheduler.await(waiter, until);
      }
      over = true;
      return true;
    } finally {
      if (!over) {
        stop();
      }
    }
  }

  /// A virtual thread that parks deep in its stack may run out of it.
  private void stop() {
    if (!process.wakeUp()) {
      while (!waiter.take()) {
        Thread.onSpinWait(); // somebody has pushed: the permit is on its way
      }
    }
    process.waiter = betweenWaits();
  }

  /// Only a process with a thread of its own is woken there between turns too.
  private @Nullable Waiter betweenWaits() {
    return process.isThreaded() ? waiter : null;
  }
}
