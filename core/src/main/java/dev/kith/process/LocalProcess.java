package dev.kith.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * A process and the reference to it in one object, because there are millions.
 *
 * After the compare-and-set that wakes a process, its sender may run out of stack at any call. Hence the
 * few lines at the three places that push (`deliver`, `signal` and Ask's `sendBack`) write two fields and
 * only then call anything; the worker puts what is left in its `woken` chain into queues from the bottom of
 * its stack.
 * Senders that are no worker make sure beforehand that there is stack (StackProbe).
 *
 * Long because it is the one place where a process's state changes: what signals do, waiting, and the end.
 */
/// A process of this node.
abstract sealed class LocalProcess<M> extends Guarded implements ProcessRef<M>
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

  private final int limit;
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
    this.limit = spec.mailbox().messages();
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
    if (worker == null) {
      StackProbe.probe();
    }
    Push result = push(mail, 1, limit);
    if (result == Push.WOKE) {
      if (worker != null && worker.queues == node.scheduler) {
        wokenNext = worker.woken;
        worker.woken = this;
        worker.publish();
      } else {
        wake();
      }
    } else if (result != Push.SENT) {
      notDelivered(mail, result);
    }
    if (mail.depth == node.longMailbox) {
      node.publishLongMailbox(this);
    }
  }

  /// Puts a message in that came over a wire, within the limit in bytes too.
  final void deliver(Object message, int bytes) {
    if (extras().tryReserveWireBytes(bytes, mailbox.wireBytes())) {
      deliver(new Message.Wired(message, bytes, null));
    } else {
      notDelivered(new Message(message), Push.FULL);
    }
  }

  /// Puts a signal in that is never refused for want of room.
  final void signal(Signal signal) {
    Worker worker = Thread.currentThread() instanceof Worker here ? here : null;
    if (worker == null) {
      StackProbe.probe();
    }
    Push result = push(signal, signal instanceof Mail ? 1 : 0, Integer.MAX_VALUE);
    if (result == Push.WOKE && worker != null && worker.queues == node.scheduler) {
      wokenNext = worker.woken;
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
      wokenNext = worker.woken;
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

  /// Sends an exit signal; a kill fences at once.
  final void requestExit(Pid from, ExitReason reason) {
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
    current = mail;
    mail.taken(this);
    handled++;
    trace = mail.trace();
  }

  /// After a message: whether somebody waits for an answer that will not come.
  final void handled(Mail mail) {
    if (mail instanceof Ask<?> ask && ask.isOwed() && ending() == null && !isFenced()) {
      node.unanswered(this, ask);
      keepToAnswer(ask); // its asker still hears of this process's end (CALL-1)
    }
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
      bury();
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
    bury();
  }

  /// Tells everybody, in the order of JVM-2. Runs once, by whoever claimed the process.
  private void bury() {
    ExitReason reason = exitReason();
    Extras own = extras();
    if (own.name != null) {
      node.names.release(own.name, this);
    }
    own.detachAll(pid());
    retire();
    refuseAll(reason);
    own.failTaken(reason);
    reportStart(own, reason);
    own.links.forEach(link -> link.peer.signal(link));
    tellWatchers(own, reason);
    own.disarm();
    node.ended(this, reason);
  }

  private void refuseAll(ExitReason reason) {
    if (current instanceof Ask<?> ask && ask.isOwed()) {
      ask.refuse(reason);
    }
    refuseAside(reason);
    for (Mail mail = pollKept(); mail != null; mail = pollKept()) {
      mail.refuse(this, reason);
    }
  }

  /// As for what waits in the mailbox, for what the process has looked at and laid aside.
  void refuseAside(ExitReason reason) {}

  private void reportStart(Extras own, ExitReason reason) {
    Ask<StartResult<?>> starter = own.starter;
    if (starter != null) {
      starter.answer(
          own.ignoresStart ? new StartResult.Ignored<>() : new StartResult.Failed<>(reason));
    }
  }

  private void tellWatchers(Extras own, ExitReason reason) {
    for (Monitor at = own.watchers; at != null; ) {
      Monitor following = at.after;
      at.fire(reason);
      at = following;
    }
    own.watchers = null;
  }

  // What signals do

  /// An exit signal that was not sent by a link.
  final @Nullable Mail exitRequested(Pid from, ExitReason reason) {
    if (ending() != null) {
      return null;
    }
    if (reason instanceof ExitReason.Kill) {
      die(ExitReason.killed());
      return null;
    }
    boolean own = from.equals(pid());
    return exits(from, reason, own ? Normals.COUNT : Normals.PASS);
  }

  /// A linked process has ended.
  final @Nullable Mail linkedEnded(LocalProcess<?> peer) {
    if (peer.failedToStartFor(this)) {
      forgetLink(peer);
      return null;
    }
    return linkLost(peer, peer.exitReason());
  }

  /// Whether this process ended before it was up and the other, who started it, was told so.
  private boolean failedToStartFor(LocalProcess<?> other) {
    Ask<StartResult<?>> starter = extras().starter;
    return starter != null && starter.asker == other;
  }

  private void forgetLink(LocalProcess<?> peer) {
    Links links = extras().links;
    Link link = links.find(peer);
    if (link != null) {
      links.remove(link);
    }
  }

  /// A link is gone, for this reason.
  final @Nullable Mail linkLost(LocalProcess<?> peer, ExitReason reason) {
    Links links = extras().links;
    Link link = links.find(peer);
    if (link == null || !link.isActive()) {
      return null;
    }
    links.remove(link);
    return ending() != null ? null : exits(peer.pid(), reason, Normals.PASS);
  }

  /// Whether an untrapped `normal` ends the process.
  private enum Normals {
    COUNT,
    PASS
  }

  private @Nullable Mail exits(Pid from, ExitReason reason, Normals normals) {
    Extras own = extras();
    boolean ofParent = isParent(own, from);
    if (ofParent && own.parentTrap != null) {
      return new TrappedExit(new Exit(from, reason), own.parentTrap);
    }
    Function<? super Exit, ?> trap = own.trap;
    if (trap != null && !(ofParent && endsWithParent())) {
      return new TrappedExit(new Exit(from, reason), trap);
    }
    boolean passes = reason instanceof ExitReason.Normal && normals == Normals.PASS;
    if (!passes || trap != null) {
      die(reason);
    }
    return null;
  }

  /// Whether this is who started the process linked; if no process did, the world outside is.
  private boolean isParent(Extras own, Pid from) {
    return parent == null ? from.serial() == 0 : own.bornLinked && parent.pid().equals(from);
  }

  /// Whether an exit of its parent ends the process even if it traps exits (CALL-7).
  private boolean endsWithParent() {
    return this instanceof ServerProcess && parent != null;
  }

  final void linkRequested(LocalProcess<?> from) {
    Links links = extras().links;
    if (links.find(from) == null) {
      links.add(new Link(this, from));
    }
  }

  final void unlinkRequested(LocalProcess<?> from) {
    Links links = extras().links;
    Link link = links.find(from);
    if (link != null && link.isActive()) {
      links.remove(link);
    }
  }

  final void unlinked(LocalProcess<?> from, long id) {
    Links links = extras().links;
    Link link = links.find(from);
    if (link != null && link.isEndedBy(id)) {
      links.remove(link);
    }
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

  static <R> R answerOf(Answer<R> answer) {
    return switch (answer) {
      case Answer.Reply<R>(R value) -> value;
      case Answer.Failed<R>(ExitReason reason) -> throw new ExitException(reason);
    };
  }

  final <R> Answer<R> await(Ask<R> ask, LocalProcess<?> target) {
    Extras own = extras();
    ask.target = target;
    own.waitingFor = ask;
    try {
      String cycle = Cycle.find(ask, this);
      if (cycle != null) {
        throw new ExitException(new ExitReason.Deadlock(cycle));
      }
      target.deliver(ask);
      while (!ask.isAnswered()) {
        fetch();
        unwindIfEnding();
        if (!ask.isAnswered() && !awaitSignal(ask.dueAt()) && ask.giveUp()) {
          return new Answer.Failed<>(ExitReason.timeout());
        }
      }
      return ask.answer();
    } finally {
      own.waitingFor = null;
    }
  }

  /// Waits, inside the runtime, until a signal has come in; false if the deadline passed first.
  final boolean awaitSignal(long deadline) {
    if (!isThreaded()) {
      StackProbe.probe(); // idle and yet running, it would run twice
      wakeUp(); // does nothing yet, but the first call takes more stack than later ones
    }
    Waiter waits = waiter();
    waits.occupy(Thread.currentThread());
    waiter = waits;
    boolean inTime = true;
    if (goIdleHolding()) {
      inTime = awaitPermit(waits, deadline);
    }
    waiter = isThreaded() ? waits : null;
    return inTime;
  }

  private boolean awaitPermit(Waiter waits, long deadline) {
    boolean over = false;
    try {
      long until = deadline;
      while (!waits.take()) {
        if (node.clock().nanos() >= until) {
          if (wakeUp()) {
            over = true;
            return false;
          }
          until = Long.MAX_VALUE; // somebody has pushed: the permit is on its way
        }
        node.scheduler.await(waits, until);
      }
      over = true;
      return true;
    } finally {
      if (!over) {
        stopWaiting(waits);
      }
    }
  }

  /// A virtual thread that parks deep in its stack may run out of it.
  private void stopWaiting(Waiter waits) {
    if (!wakeUp()) {
      while (!waits.take()) {
        Thread.onSpinWait(); // somebody has pushed: the permit is on its way
      }
    }
    waiter = isThreaded() ? waits : null;
  }

  /// Where this process waits when it blocks.
  abstract Waiter waiter();

  /// Whether the process has a thread of its own to wake, between turns too.
  abstract boolean isThreaded();

  /// Takes an asynchronous request back.
  final boolean cancelAsk(Ask<?> ask) {
    boolean outer = enterSelf();
    try {
      forget(ask);
      return ask.close();
    } finally {
      leave(outer);
    }
  }

  final boolean cancelTimer(Timer timer) {
    boolean outer = enterSelf();
    try {
      extras().agenda.remove(timer);
      return timer.end();
    } finally {
      leave(outer);
    }
  }

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

  /// Links, inside the runtime.
  final void linkWith(LocalProcess<?> other) {
    if (other == this) {
      return;
    }
    Links links = extras().links;
    Link link = links.find(other);
    if (link == null) {
      links.add(new Link(this, other));
    } else if (link.isActive()) {
      return;
    } else {
      link.activate();
    }
    other.signal(new Link.Request(this));
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
    return Optional.ofNullable(current).map(mail -> ClassNames.brief(mail.subject().getClass()));
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

  /// What the process knows of itself. Runs in the process.
  final Inspection inspect() {
    Extras own = extras();
    int monitors = 0;
    for (Monitor at = own.watchers; at != null; at = at.after) {
      monitors++;
    }
    Object state;
    try {
      state = inspection();
    } catch (Throwable thrown) {
      state = thrown;
    }
    return new Inspection(
        node.snapshot(this), own.links.peers(), monitors, own.agenda.size(), state);
  }

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
