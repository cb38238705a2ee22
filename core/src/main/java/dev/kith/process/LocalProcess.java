package dev.kith.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * A process and the reference to it in one object, because there are millions. Long because everything that
 * happens to a process passes here, a few lines each.
 *
 * After the compare-and-set that wakes a process, its sender may run out of stack at any call. Hence the
 * few lines at the three places that push (`deliver`, `signal` and Ask's `sendBack`) write two fields and
 * only then call anything; the worker puts what is left in its `woken` chain into queues from the bottom of
 * its stack.
 * Senders that are no worker make sure beforehand that there is stack (StackProbe).
 *
 * What an exit signal does: ExitRules. How it waits: Waiting. How its end is told: Burial.
 */
/// A process of this node.
abstract sealed class LocalProcess<M> extends Guarded implements ProcessRef<M>, Party
    permits ServerProcess, BodyProcess, Tombstone {
  private static final VarHandle EXTRAS;

  static {
    try {
      EXTRAS = MethodHandles.lookup().findVarHandle(LocalProcess.class, "extras", Extras.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Node node;
  final long serial;
  final Class<M> protocol;

  /// Who started the process; null if it was no process.
  final @Nullable Lineage parent;

  private final MailboxLimit mailbox;

  /// Made on first use, by whoever comes first.
  private volatile @Nullable Extras extras;

  /// What the process's code is given.
  final Self<M> self;

  /// What is being handled, or was last.
  @Nullable Mail current;

  /// The trace that the current message belongs to.
  @Nullable TraceContext trace;

  /// Messages handled. Written by the process, read for pictures.
  private long handled;

  /// When the last turn ended, in ticks. Written by the process, read for pictures.
  private int lastActive;

  /// How often the monitor thread found the process running. Written by that thread alone.
  int samples;

  LocalProcess(Node node, long serial, ProcessSpec<M> spec, @Nullable Lineage parent) {
    super(spec.isInterruptible());
    this.node = node;
    this.serial = serial;
    this.protocol = spec.protocol();
    this.parent = parent;
    this.mailbox = spec.mailbox();
    this.self = new OwnView<>(this);
  }

  @Override
  public Pid pid() {
    return new Pid(node.name(), serial, node.incarnation());
  }

  // Sending

  @Override
  public final void send(M message) {
    LocalProcess<?> sender = Running.process();
    TraceContext context = sender == null ? null : sender.trace;
    Message mail =
        context == null
            ? new Message(Objects.requireNonNull(message))
            : new Message.Traced(Objects.requireNonNull(message), context);
    if (sender == null) {
      deliver(mail);
      return;
    }
    boolean outer = sender.enter();
    try {
      deliver(mail);
    } finally {
      sender.leave(outer);
    }
  }

  /// Sends as the process that runs on this thread, if any.
  static void send(LocalProcess<?> receiver, Mail mail) {
    LocalProcess<?> sender = Running.process();
    boolean outer = sender == null || sender.enter();
    try {
      receiver.deliver(mail);
    } finally {
      if (sender != null) {
        sender.leave(outer);
      }
    }
  }

  /// Puts a message in, within the limit.
  final void deliver(Mail mail) {
    Worker worker = Thread.currentThread() instanceof Worker here ? here : null;
    Push result = push(mail, 1, mailbox.messages(), worker != null);
    if (result == Push.WOKE && worker != null && worker.queues == node.scheduler) {
      behind = worker.woken;
      worker.woken = this;
      worker.publish();
    } else if (result != Push.SENT) {
      delivered(mail, result);
    }
    if (depthOf(mail) == node.longMailbox) {
      node.publishLongMailbox(this);
    }
  }

  private void delivered(Mail mail, Push result) {
    if (result == Push.WOKE) {
      wake();
    } else if (result != Push.SENT) {
      notDelivered(mail, result);
    }
  }

  /// As [#deliver], for a caller that is about to wait for the answer and has made sure of stack.
  final void request(Ask<?> ask) {
    if (Thread.currentThread() instanceof Worker) {
      deliver(ask);
      return;
    }
    Push result = push(ask, 1, mailbox.messages(), true);
    if (result == Push.WOKE && waiter == null) {
      node.scheduler.handOver(this);
    } else {
      delivered(ask, result);
    }
  }

  /// Puts a message in that came over a wire, within the limit in bytes too: it gives them back
  /// when it is taken out, or refused.
  final void deliver(Mail mail, int bytes) {
    if (!extras().tryReserveWireBytes(bytes, mailbox.wireBytes())) {
      extras().reserveWireBytes(bytes); // as if it had been let in, and now given back
      notDelivered(mail, Push.FULL);
      return;
    }
    deliver(mail);
  }

  final void releaseWireBytes(int bytes) {
    extras().releaseWireBytes(bytes);
  }

  /// A connection is crowded: the process gets no further message until there is room. False if it
  /// pauses already. In its own turn.
  final boolean awaitRoom() {
    Extras own = extras();
    boolean first = !own.paused;
    own.paused = true;
    holdBack(own);
    return first;
  }

  /// A connection has room again.
  final void goOn() {
    Extras own = extras();
    own.paused = false;
    holdBack(own);
  }

  /// Somebody wants the process to handle nothing, or to go on.
  final void hold(boolean now) {
    Extras own = extras();
    own.held = now;
    holdBack(own);
  }

  private void holdBack(Extras own) {
    suspend(own.held || own.paused);
  }

  /// Puts a signal in that is never refused for want of room.
  @Override
  public final void signal(Signal signal) {
    Worker worker = Thread.currentThread() instanceof Worker here ? here : null;
    Push result = push(signal, signal instanceof Mail ? 1 : 0, Integer.MAX_VALUE, worker != null);
    if (result == Push.WOKE && worker != null && worker.queues == node.scheduler) {
      behind = worker.woken;
      worker.woken = this;
      worker.publish();
    } else {
      signalled(signal, result);
    }
  }

  /// What is left to do after a signal was pushed.
  final void signalled(Signal signal, Push result) {
    if (result == Push.WOKE) {
      wake();
    } else if (result == Push.DEAD) {
      signal.refuse(this, ExitReason.noProcess());
    } else {
      alert();
    }
  }

  /// Makes a new process runnable.
  final void launch() {
    Worker worker = Thread.currentThread() instanceof Worker here ? here : null;
    if (isThreaded()) {
      node.scheduler.fork(this);
    } else if (worker != null && worker.queues == node.scheduler) {
      behind = worker.woken;
      worker.woken = this;
      worker.publish();
    } else {
      node.scheduler.schedule(this);
    }
  }

  /// Makes the process runnable: only for whoever was told so by a push, and once.
  final void wake() {
    Waiter waits = waiter;
    if (waits != null) {
      node.scheduler.resume(waits);
    } else {
      node.scheduler.schedule(this);
    }
  }

  private void notDelivered(Mail mail, Push result) {
    if (result == Push.DEAD) {
      mail.refuse(this, ExitReason.noProcess());
      return;
    }
    mail.overflow(this);
    if (mailbox.overflow() == Overflow.EXIT && overflows()) {
      signal(new Control.Overflowed());
    }
  }

  /// Links with another, inside the runtime.
  final void linkWith(Party other) {
    if (other != this && extras().links.request(this, other)) {
      other.signal(new Link.Request(this, null));
    }
  }

  @Override
  public final void requestExit(Pid from, ExitReason reason) {
    if (!(reason instanceof ExitReason.Kill)) {
      signal(new Control.ExitRequest(from, reason));
      return;
    }
    StackProbe.probe(); // a fence without the signal would be a death that nobody hears of
    fence();
    signal(new Control.ExitRequest(from, reason));
    if (!isRetired()) {
      node.scheduler.reap(this);
    }
  }

  // The turn

  /// The thread begins to run this process.
  final void begin(Thread thread) {
    runner(thread);
    Running.begin(thread, this);
  }

  /// Lets go of everything that belongs to the turn: must come before the process goes idle.
  final void pause() {
    runner(null);
    trace = null;
    lastActive = node.scheduler.tick();
  }

  /// Takes note of what is handled next.
  final void handles(Mail mail) {
    mail.taken(this);
    handlesAgain(mail);
  }

  final void handlesAgain(Mail mail) {
    current = mail;
    handled++;
    trace = mail.trace();
  }

  abstract void handleAgain(Mail mail);

  /// After a message: whether somebody waits for an answer that will not come.
  final void handled(Mail mail) {
    if (mail instanceof Ask<?> ask && isOwed(ask) && ending() == null && !isFenced()) {
      node.unanswered(this, ask);
      keepToAnswer(ask); // its asker still hears of this process's end (CALL-1)
    }
  }

  private boolean isOwed(Ask<?> ask) {
    return ask.isOwed() && (extras == null || !extras().isPostponed(ask));
  }

  /// Makes a request one that this process may answer later, and fails when it ends.
  final void keepToAnswer(Ask<?> ask) {
    ask.take();
    extras().take(ask);
  }

  @Override
  final @Nullable Mail arrived(Signal signal) {
    return signal.arrive(this);
  }

  /// Ends the process: at the bottom of its thread's stack.
  final void finish() {
    if (!isFenced()) {
      fetch();
      ExitReason reason = ending();
      if (reason != null) {
        runTerminate(() -> terminate(reason));
      }
    }
    boolean mine = claim();
    clearInterrupt();
    Running.end(Thread.currentThread()); // what is sent from here on is not the process's doing
    if (mine) {
      fetch();
      if (isFenced()) {
        dieKilled();
      }
      Burial.bury(this);
    } else {
      node.zombieEnded();
    }
    runner(null);
    trace = null;
  }

  /// The process's own code at its end.
  abstract void terminate(ExitReason reason) throws Exception;

  @Override
  final void takeOver() {
    node.becameZombie(this);
    fetch();
    dieKilled();
    Burial.bury(this);
  }

  /// As for what waits in the mailbox, for what the process has looked at and laid aside.
  void refuseAside(ExitReason reason) {}

  // What signals do

  /// Whether who started it was linked with it from its first moment.
  final boolean isBornLinked() {
    Extras own = extras;
    return own != null && own.bornLinked;
  }

  final void watched(Monitor monitor) {
    extras().watch(monitor);
  }

  final void unwatched(Monitor monitor) {
    extras().unwatch(monitor);
  }

  /// The alarm has rung: what is due becomes messages.
  final void timersDue() {
    if (ending() != null) {
      return;
    }
    Extras own = extras();
    own.rang();
    long now = node.clock().nanos();
    for (Due due = own.agenda.pollDue(now); due != null; due = own.agenda.pollDue(now)) {
      Mail mail = due.rings(own.agenda);
      if (mail != null) {
        keep(mail);
      }
    }
    arm(own);
  }

  /// A request is answered: its deadline no longer matters.
  final void forget(Ask<?> ask) {
    extras().agenda.remove(ask);
  }

  final void arm(Extras own) {
    own.arm(node.clock(), () -> signal(new Control.Tick()));
  }

  // Waiting

  /// Where this process waits when it blocks.
  abstract Waiter ownWaiter();

  /// Whether the process has a thread of its own to wake, between turns too.
  abstract boolean isThreaded();

  final Lineage lineage() {
    Extras own = extras();
    Lineage mine = own.self;
    String name = own.name == null ? null : own.name.text();
    if (mine == null || !Objects.equals(mine.name(), name)) {
      mine = new Lineage(pid(), name, parent);
      own.self = mine;
    }
    return mine;
  }

  /// `started` has returned.
  final void startedReturned() {
    Extras own = extras;
    if (own != null && !own.readyDeferred) {
      reportReady();
    }
  }

  final void reportReady() {
    Extras own = extras();
    Ask<StartResult<?>> starter = own.starter;
    if (starter != null) {
      own.starter = null;
      starter.answer(new StartResult.Started<>(this));
    }
  }

  // Pictures

  /// The extras, if anything has needed them.
  final @Nullable Extras extrasIfAny() {
    return extras;
  }

  /// Adds an attachment; false if the process has ended.
  final boolean attach(Attachment attachment) {
    Extras own = extras();
    boolean attached = own.attach(attachment);
    if (isRetired()) {
      own.detachAll(pid()); // its end may have found no extras
    }
    return attached;
  }

  /// The extras, made if need be.
  final Extras extras() {
    Extras known = extras;
    if (known != null) {
      return known;
    }
    Extras fresh = new Extras();
    Extras witness = (Extras) EXTRAS.compareAndExchange(this, null, fresh);
    return witness == null ? fresh : witness;
  }

  /// Why the process ended; for those who were told that it did.
  final ExitReason exitReason() {
    ExitReason reason = ending();
    return reason == null ? ExitReason.normal() : reason;
  }

  /// Whether the process still counts as alive for others.
  final boolean isAlive() {
    return !isRetired() && !isFenced();
  }

  /// The type of the message that is handled or was last; empty if there was none.
  final Optional<String> lastMessage() {
    return Optional.ofNullable(current)
        .map(mail -> ClassNames.brief(mail.subject(this).getClass()));
  }

  final long handledCount() {
    return handled;
  }

  final int lastActiveTick() {
    return lastActive;
  }

  final List<String> ancestors() {
    return Lineage.path(parent);
  }

  final Optional<String> name() {
    Extras own = extras;
    return own == null ? Optional.empty() : Optional.ofNullable(own.name).map(Name::text);
  }

  /// Somebody wants to know what the process handles, or no longer. Runs in the process.
  abstract void trace(Tracer tracer, boolean now);

  /// What the process's code says of its own state.
  abstract Object inspection();

  /// By serial, so that tables of processes are iterated alike in each run.
  @Override
  public final int hashCode() {
    return Long.hashCode(serial);
  }

  /// By pid, so that a process and the tombstone that is set in its place are the same peer.
  @Override
  public final boolean equals(Object other) {
    return this == other
        || (other instanceof LocalProcess<?> that
            && serial == that.serial
            && pid().equals(that.pid()));
  }

  @Override
  public final String toString() {
    return name().map(text -> text + pid()).orElseGet(() -> pid().toString());
  }
}
