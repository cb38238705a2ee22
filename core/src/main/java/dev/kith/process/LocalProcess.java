package dev.kith.process;

import dev.kith.observe.Events;
import dev.kith.observe.SystemEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * A process, its reference and its own view of itself, in one object, because there are millions.
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
 *
 * After the compare-and-set that wakes a process, its sender may run out of stack at any call. Hence the
 * few lines at the two places that push (`deliver`, `signal`) write two fields and only then call
 * anything; the worker puts what is left in its `woken` chain into queues from the bottom of its stack.
 * Senders that are no worker make sure beforehand that there is stack (StackProbe).
 */
/// A process of this node.
abstract sealed class LocalProcess<M> extends Mailbox implements ProcessRef<M>, Self<M>
    permits ServerProcess, BodyProcess {
  private static final int FENCED = 1;
  private static final int CLAIMED = 2;
  private static final int INTERRUPTING = 4;
  private static final int OVERFLOWED = 8;

  private static final VarHandle STATUS;
  private static final VarHandle IN_RUNTIME;
  private static final VarHandle EXTRAS;

  static {
    try {
      var lookup = MethodHandles.lookup();
      STATUS = lookup.findVarHandle(LocalProcess.class, "status", int.class);
      IN_RUNTIME = lookup.findVarHandle(LocalProcess.class, "inRuntime", boolean.class);
      EXTRAS = lookup.findVarHandle(LocalProcess.class, "extras", Extras.class);
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
  private final boolean interruptible;

  /// FENCED, CLAIMED, INTERRUPTING, OVERFLOWED. Written by anybody with an atomic or.
  private volatile int status;

  /// Made on first use, by whoever comes first.
  private volatile @Nullable Extras extras;

  /// False only while the process's own code runs, outside of any call into the runtime.
  private boolean inRuntime = true;

  /// Why the process ends; it does not run its code any more, but for `terminate`.
  private @Nullable ExitReason ending;

  /// `ending` was set in the middle of the process's code, which must be left.
  private boolean unwinding;

  /// The thread that runs the turn. Read by the reaper.
  private @Nullable Thread runner;

  /// What is being handled, or was last.
  @Nullable Mail current;

  private @Nullable TraceContext trace;

  /// Messages handled. Written by the process, read for pictures.
  private long handled;

  /// When the last turn ended, in ticks. Written by the process, read for pictures.
  private int lastActive;

  /// How often the monitor thread found the process running. Written by that thread alone.
  int samples;

  LocalProcess(Node node, long serial, ProcessSpec<M> spec, @Nullable Lineage parent) {
    this.node = node;
    this.serial = serial;
    this.protocol = spec.protocol();
    this.parent = parent;
    this.limit = spec.mailbox().messages();
    this.mailbox = spec.mailbox();
    this.interruptible = spec.isInterruptible();
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

  /// Puts a signal in that is never refused for want of room.
  final void signal(Signal signal) {
    Worker worker = Thread.currentThread() instanceof Worker here ? here : null;
    if (worker == null) {
      StackProbe.probe();
    }
    Push result = push(signal, signal instanceof Mail ? 1 : 0, Integer.MAX_VALUE);
    if (result == Push.WOKE) {
      if (worker != null && worker.queues == node.scheduler) {
        wokenNext = worker.woken;
        worker.woken = this;
        worker.publish();
      } else {
        wake();
      }
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
    if (mailbox.overflow() == Overflow.EXIT
        && ((int) STATUS.getAndBitwiseOr(this, OVERFLOWED) & OVERFLOWED) == 0) {
      signal(new Control.Overflowed());
    }
  }

  /// Sends an exit signal; a kill fences at once.
  final void requestExit(Pid from, ExitReason reason) {
    if (!(reason instanceof ExitReason.Kill)) {
      signal(new Control.ExitRequest(from, reason));
      return;
    }
    STATUS.getAndBitwiseOr(this, FENCED);
    signal(new Control.ExitRequest(from, reason));
    if (!isRetired()) {
      node.scheduler.reap(this);
    }
  }

  // Sections

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

  /// Fails unless this is the thread that runs the process's turn.
  final void checkSelf() {
    if (runner != Thread.currentThread()) {
      throw new IllegalStateException(
          pid() + " can be used as Self only in its own turn, not on " + Thread.currentThread());
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

  /// The process's own code has thrown.
  final void crashed(Throwable thrown) {
    backInRuntime();
    if (ending == null && thrown != Unwind.INSTANCE) {
      ending = ExitReasons.crashed(thrown);
    }
  }

  // The turn

  /// The thread begins to run this process.
  final void begin(Thread thread) {
    runner = thread;
    Running.begin(thread, this);
  }

  /// Lets go of everything that belongs to the turn: must come before the process goes idle.
  final void pause() {
    runner = null;
    trace = null;
    lastActive = node.scheduler.tick();
  }

  /// Takes note of what is handled next.
  final void handles(Mail mail) {
    current = mail;
    handled++;
    trace = mail.trace();
  }

  /// After a message: whether somebody waits for an answer that will not come.
  final void handled(Mail mail) {
    if (mail instanceof Ask<?> ask && ask.isOwed() && ending == null && !isFenced()) {
      node.unanswered(this, ask);
    }
  }

  /// Whether the process must end now.
  final boolean isEnding() {
    return ending != null || isFenced();
  }

  private boolean isFenced() {
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
    if (isEnding()) {
      unwinding = ending != null;
      throw Unwind.INSTANCE;
    }
  }

  @Override
  final @Nullable Mail arrived(Signal signal) {
    return signal.arrive(this);
  }

  /// Ends the process: at the bottom of its thread's stack.
  final void finish() {
    if (!isFenced()) {
      fetch();
      ExitReason reason = ending;
      if (reason != null) {
        runOwnCode(() -> terminate(reason));
      }
    }
    boolean mine = claim();
    clearInterrupt();
    if (mine) {
      fetch();
      bury();
    } else {
      node.zombieEnded();
    }
    runner = null;
    trace = null;
  }

  /// The process's own code at its end.
  abstract void terminate(ExitReason reason) throws Exception;

  private boolean claim() {
    return ((int) STATUS.getAndBitwiseOr(this, CLAIMED) & CLAIMED) == 0;
  }

  private void clearInterrupt() {
    while (((int) STATUS.getVolatile(this) & INTERRUPTING) != 0) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
  }

  /// Tells everybody, in the order of JVM-2. Runs once, by whoever claimed the process.
  private void bury() {
    ExitReason reason = ending == null ? ExitReason.killed() : ending;
    ending = reason;
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
      ask.refuse(this, reason);
    }
    for (Mail mail = pollKept(); mail != null; mail = pollKept()) {
      mail.refuse(this, reason);
    }
  }

  private void reportStart(Extras own, ExitReason reason) {
    Ask<StartResult<?>> starter = own.starter;
    if (starter != null) {
      starter.reply(
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
      node.becameZombie(this);
      fetch();
      bury();
    }
    return true;
  }

  /// When the reaper interrupts, in ticks after the kill.
  private static final int REAP_INTERRUPT_TICKS = 2;

  /// When the reaper takes over, in ticks after the kill.
  private static final int REAP_CLAIM_TICKS = 4;

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

  // What signals do

  /// An exit signal that was not sent by a link.
  final @Nullable Mail exitRequested(Pid from, ExitReason reason) {
    if (ending != null) {
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
    return linkLost(peer, peer.exitReason());
  }

  /// A link is gone, for this reason.
  final @Nullable Mail linkLost(LocalProcess<?> peer, ExitReason reason) {
    Links links = extras().links;
    Link link = links.find(peer);
    if (link == null || !link.isActive()) {
      return null;
    }
    links.remove(link);
    return ending != null ? null : exits(peer.pid(), reason, Normals.PASS);
  }

  /// Whether an untrapped `normal` ends the process.
  private enum Normals {
    COUNT,
    PASS
  }

  private @Nullable Mail exits(Pid from, ExitReason reason, Normals normals) {
    Extras own = extras();
    Function<? super Exit, ?> trap = own.trap;
    if (trap != null && (own.trapsParent || !isParent(own, from))) {
      return new TrappedExit(new Exit(from, reason), trap);
    }
    boolean passes = reason instanceof ExitReason.Normal && normals == Normals.PASS;
    if (!passes || trap != null) {
      die(reason);
    }
    return null;
  }

  private boolean isParent(Extras own, Pid from) {
    return this instanceof ServerProcess
        && own.bornLinked
        && parent != null
        && parent.pid().equals(from);
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
    if (ending != null) {
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

  private void arm(Extras own) {
    own.arm(node.clock(), () -> signal(new Control.Tick()));
  }

  // Self: messages

  @Override
  public final ProcessRef<M> ref() {
    return this;
  }

  @Override
  public final Pid pid() {
    return new Pid(node.name(), serial, node.incarnation());
  }

  @Override
  public final Node node() {
    return node;
  }

  @Override
  public final <N> void send(Address<? super N> to, N message) {
    checkSelf();
    node.send(to, message);
  }

  @Override
  public final <R, Q extends Request<R>> R call(Address<? super Q> to, Q request, Duration within) {
    boolean outer = enterSelf();
    try {
      Route route = node.route(to);
      if (route.process() == this) {
        throw new ExitException(new ExitReason.Deadlock(this + " calls itself"));
      }
      Ask<R> ask = new Ask<>(request, this, null, route.alias(), deadline(within), trace);
      return answerOf(await(ask, route.process()));
    } finally {
      leave(outer);
    }
  }

  static <R> R answerOf(Answer<R> answer) {
    return switch (answer) {
      case Answer.Reply<R>(R value) -> value;
      case Answer.Failed<R>(ExitReason reason) -> throw new ExitException(reason);
    };
  }

  private <R> Answer<R> await(Ask<R> ask, LocalProcess<?> target) {
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
    long until = deadline;
    while (!waits.take()) {
      if (node.clock().nanos() >= until) {
        if (wakeUp()) {
          return false;
        }
        until = Long.MAX_VALUE; // somebody has pushed: the permit is on its way
      }
      node.scheduler.await(waits, until);
    }
    return true;
  }

  /// Where this process waits when it blocks.
  abstract Waiter waiter();

  /// Whether the process has a thread of its own to wake, between turns too.
  abstract boolean isThreaded();

  @Override
  public final <R, Q extends Request<R>> Cancel ask(
      Address<? super Q> to,
      Q request,
      Duration within,
      Function<? super Answer<R>, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = enterSelf();
    try {
      Route route = node.find(to);
      Ask<R> ask =
          new Ask<>(
              request, this, as, route == null ? null : route.alias(), deadline(within), trace);
      if (route == null) {
        ask.fail(ExitReason.noProcess());
        return ask;
      }
      ask.target = route.process();
      Extras own = extras();
      own.agenda.add(ask);
      arm(own);
      route.process().deliver(ask);
      return ask;
    } finally {
      leave(outer);
    }
  }

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

  @Override
  public final <R> void reply(Request<R> request, R value) {
    boolean outer = enterSelf();
    try {
      Ask<R> ask = handledRequest(request);
      if (ask != null) {
        ask.reply(Objects.requireNonNull(value));
      }
    } finally {
      leave(outer);
    }
  }

  @Override
  public final <R> ReplyTo<R> replyTo(Request<R> request) {
    boolean outer = enterSelf();
    try {
      Ask<R> ask = handledRequest(request);
      if (ask == null) {
        return new NobodyWaits<>();
      }
      ask.take();
      extras().take(ask);
      return ask;
    } finally {
      leave(outer);
    }
  }

  /// The request that is being handled; null if it was only sent.
  @SuppressWarnings("unchecked") // an ask's reply type is its request's
  private <R> @Nullable Ask<R> handledRequest(Request<R> request) {
    Mail mail = current;
    if (mail instanceof Ask<?> ask && ask.request == request) {
      return (Ask<R>) ask;
    }
    if (mail instanceof Message message && message.value == request) {
      return null;
    }
    throw new IllegalStateException(
        "a request can be answered only while it is handled: " + request);
  }

  /// The right to answer a request that nobody waits for.
  private record NobodyWaits<R>() implements ReplyTo<R> {
    @Override
    public void reply(R value) {}

    @Override
    public void fail(ExitReason reason) {}
  }

  @Override
  public final <E> Alias<E> alias(Class<E> type, Function<? super E, ? extends M> as) {
    checkSelf();
    return new AliasRef<>(this, type, as);
  }

  // Self: timers

  @Override
  public final Cancel sendAfter(Duration delay, M message) {
    return addTimer(delay, message, 0);
  }

  @Override
  public final Cancel sendEvery(Duration period, M message) {
    Checks.check(period.toNanos() > 0, "a period is longer than nothing, not %s", period);
    return addTimer(period, message, period.toNanos());
  }

  private Cancel addTimer(Duration delay, M message, long period) {
    Objects.requireNonNull(message);
    boolean outer = enterSelf();
    try {
      Extras own = extras();
      Timer timer = new Timer(this, message, deadline(delay), period, trace);
      own.agenda.add(timer);
      arm(own);
      return timer;
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

  private long deadline(Duration within) {
    return node.deadline(within);
  }

  // Self: processes

  @Override
  public final <N> ProcessRef<N> spawn(ProcessSpec<N> spec) {
    return spawned(spec, Ties.none());
  }

  @Override
  public final <N> ProcessRef<N> spawnLinked(ProcessSpec<N> spec) {
    return spawned(spec, Ties.linked(this));
  }

  @Override
  public final <N> ProcessRef<N> spawnMonitored(
      ProcessSpec<N> spec, Function<? super Down, ? extends M> as) {
    return spawned(spec, Ties.monitored(this, as));
  }

  private <N> ProcessRef<N> spawned(ProcessSpec<N> spec, Ties ties) {
    boolean outer = enterSelf();
    try {
      return switch (node.create(spec, lineage(), ties)) {
        case StartResult.Started<N>(ProcessRef<N> process) -> process;
        case StartResult.AlreadyStarted<N>(Pid holder) ->
            throw new ExitException(new ExitReason.Custom("already started: " + holder));
        case StartResult.Failed<N>(ExitReason reason) -> throw new ExitException(reason);
        case StartResult.Ignored<N>() -> throw new IllegalStateException("not yet asked");
      };
    } finally {
      leave(outer);
    }
  }

  @Override
  public final <N> Cancel start(
      ProcessSpec<N> spec, Function<? super StartResult<N>, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = enterSelf();
    try {
      Ask<StartResult<N>> starter =
          new Ask<>(new Starting<>(), this, Starting.told(as), null, Long.MAX_VALUE, trace);
      StartResult<N> result = node.create(spec, lineage(), Ties.linked(this).withStarter(starter));
      if (!(result instanceof StartResult.Started<N>)) {
        starter.reply(result);
      }
      return starter;
    } finally {
      leave(outer);
    }
  }

  private Lineage lineage() {
    Extras own = extras();
    Lineage mine = own.self;
    String name = own.name == null ? null : own.name.text();
    if (mine == null || !Objects.equals(mine.name(), name)) {
      mine = new Lineage(pid(), name, parent);
      own.self = mine;
    }
    return mine;
  }

  @Override
  public final void link(ProcessRef<?> peer) {
    boolean outer = enterSelf();
    try {
      linkWith(node.local(peer));
    } finally {
      leave(outer);
    }
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

  @Override
  public final void unlink(ProcessRef<?> peer) {
    boolean outer = enterSelf();
    try {
      LocalProcess<?> other = node.local(peer);
      Links links = extras().links;
      Link link = links.find(other);
      if (link != null && link.isActive()) {
        long id = links.nextUnlinkId();
        link.deactivate(id);
        other.signal(new Link.Unlink(this, id));
      }
    } finally {
      leave(outer);
    }
  }

  @Override
  public final Cancel monitor(Address<?> peer, Function<? super Down, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = enterSelf();
    try {
      Route route = node.find(peer);
      LocalProcess<?> target = route == null ? null : route.process();
      Pid subject = target == null ? node.subject(peer) : target.pid();
      Monitor monitor = new Monitor(this, target, subject, as);
      if (target == null) {
        monitor.fire(ExitReason.noProcess());
      } else if (target != this) {
        target.signal(monitor);
      }
      return monitor;
    } finally {
      leave(outer);
    }
  }

  @Override
  public final void trapExits(Function<? super Exit, ? extends M> as) {
    boolean outer = enterSelf();
    extras().trap = Objects.requireNonNull(as);
    leave(outer);
  }

  @Override
  public final void trapParentExit(Function<? super Exit, ? extends M> as) {
    trapExits(as);
    extras().trapsParent = true;
  }

  @Override
  public final void exit(ExitReason reason) {
    checkSelf();
    enter();
    die(Objects.requireNonNull(reason));
    unwinding = true;
    throw Unwind.INSTANCE;
  }

  @Override
  public final void exit(ProcessRef<?> other, ExitReason reason) {
    boolean outer = enterSelf();
    try {
      LocalProcess<?> target = node.local(other);
      target.requestExit(pid(), reason);
      if (target == this) {
        fetch();
        unwindIfEnding();
      }
    } finally {
      leave(outer);
    }
  }

  // Self: starting

  @Override
  public final void deferReady() {
    checkStarting("deferReady");
    extras().readyDeferred = true;
  }

  @Override
  public final void ready() {
    boolean outer = enterSelf();
    try {
      reportReady();
    } finally {
      leave(outer);
    }
  }

  /// `started` has returned.
  final void startedReturned() {
    Extras own = extras;
    if (own != null && !own.readyDeferred) {
      reportReady();
    }
  }

  private void reportReady() {
    Extras own = extras();
    Ask<StartResult<?>> starter = own.starter;
    if (starter != null) {
      own.starter = null;
      starter.reply(new StartResult.Started<>(this));
    }
  }

  @Override
  public final void ignoreStart() {
    checkSelf();
    Extras own = extras();
    if (own.starter == null && current != null) {
      throw new IllegalStateException(pid() + " is already up");
    }
    own.ignoresStart = true;
    exit(ExitReason.normal());
  }

  private void checkStarting(String what) {
    checkSelf();
    if (current != null) {
      throw new IllegalStateException(what + " belongs into `started`");
    }
  }

  // Self: names and events

  @Override
  public final boolean tryRegister(Name<M> name) {
    boolean outer = enterSelf();
    try {
      return extras().name == null && node.names.register(name, this);
    } finally {
      leave(outer);
    }
  }

  @Override
  public final void unregister() {
    boolean outer = enterSelf();
    try {
      Extras own = extras();
      if (own.name != null) {
        node.names.release(own.name, this);
        own.name = null;
      }
    } finally {
      leave(outer);
    }
  }

  @Override
  public final <E extends SystemEvent> Cancel subscribe(
      Class<E> type, Function<? super E, ? extends M> as) {
    checkSelf();
    AliasRef<E> alias = new AliasRef<>(this, type, as);
    Events.Subscription subscription = node.events().add(type, alias::deliver);
    extras().attach(ended -> subscription.end());
    return () -> {
      subscription.end();
      return alias.cancel();
    };
  }

  @Override
  public final Optional<TraceContext> trace() {
    checkSelf();
    return Optional.ofNullable(trace);
  }

  @Override
  public final void trace(TraceContext context) {
    checkSelf();
    trace = context;
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
    ExitReason reason = ending;
    return reason == null ? ExitReason.normal() : reason;
  }

  /// Whether the process still counts as alive for others.
  final boolean isAlive() {
    return !isRetired() && (status & FENCED) == 0;
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
    } catch (RuntimeException thrown) {
      state = thrown;
    }
    return new Inspection(
        node.snapshot(this), own.links.peers(), monitors, own.agenda.size(), state);
  }

  final long wireBytesLimit() {
    return mailbox.wireBytes();
  }

  /// What the process's code says of its own state.
  abstract Object inspection();

  /// By serial, so that tables of processes are iterated alike in each run.
  @Override
  public final int hashCode() {
    return Long.hashCode(serial);
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  @Override
  public final String toString() {
    return name().map(text -> text + pid()).orElseGet(() -> pid().toString());
  }
}
