package dev.kith.process;

import dev.kith.observe.DropReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * One object is a request's whole life: the envelope that carries it to the server, the right to answer
 * it, and the envelope that carries the answer back. OTP's call is a monitor, a message through an alias
 * and a demonitor (CALL-1); the same is had here with two pushes and one allocation:
 *
 * - the alias is `state`: only one of the server's answer, the asker's time-out and the asker's cancel
 *   wins it, so an answer that comes late is dropped before it touches the asker's mailbox;
 * - the monitor is the server's own duty: a process that ends fails every request that waits in its
 *   mailbox, the one it was handling and those it has taken to answer later. The asker thus hears of the
 *   death in the server's last signals, where a DOWN would have been.
 *
 * The envelope may travel back because the server has taken it out of its mailbox before anybody can
 * answer. A request that was never taken out is failed only by the process that ends, which has it in hand.
 */
/// A request on its way, and its answer on its way back.
class Ask<R> extends Due implements ReplyTo<R>, Cancel {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Ask.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int OPEN = 0;
  private static final int ANSWERED = 1;
  private static final int GIVEN_UP = 2;

  /// What is asked. Set again when a request of another node is opened.
  Request<R> request;

  /// Who asks; null if it is a thread outside, which waits (see [Outside]).
  final @Nullable LocalProcess<?> asker;

  /// Turns the answer into the asker's message; null if the asker waits.
  private final @Nullable Function<? super Answer<R>, ?> as;

  /// What it is sent through, if anything.
  final @Nullable Via via;

  final @Nullable TraceContext trace;

  /// Who of this node is to answer. Set before it is pushed.
  @Nullable LocalProcess<?> target;

  /// Won once, by the answer, the time-out or the cancel.
  private volatile int state;

  /// The server keeps it to answer later. Written on the server's turn; read by those who look for
  /// cycles, who see it because they come through the server's own call.
  private boolean taken;

  /// Written by whoever won `state`, before the answer is pushed.
  private @Nullable Answer<R> answer;

  /// The answer travels: from now on this is the asker's mail. Written before it is pushed.
  private boolean returning;

  /// Taken back by the asker after it was answered, or arrived at an asker that waits. The asker's.
  private boolean closed;

  Ask(
      Request<R> request,
      @Nullable LocalProcess<?> asker,
      @Nullable Function<? super Answer<R>, ?> as,
      @Nullable Via via,
      long dueAt,
      @Nullable TraceContext trace) {
    super(dueAt);
    this.request = request;
    this.asker = asker;
    this.as = as;
    this.via = via;
    this.trace = trace;
  }

  /// A request that goes this way.
  static <R> Ask<R> along(
      Route way,
      Request<R> request,
      LocalProcess<?> asker,
      @Nullable Function<? super Answer<R>, ?> as,
      long dueAt) {
    Ask<R> ask = new Ask<>(request, asker, as, via(way), dueAt, asker.trace);
    ask.target = target(way);
    return ask;
  }

  private static @Nullable Via via(Route way) {
    return switch (way) {
      case Route.Near(var _, AliasRef<?> alias) -> alias;
      case Route.Far far -> far.crossing();
    };
  }

  private static @Nullable LocalProcess<?> target(Route way) {
    return way instanceof Route.Near near ? near.process() : null;
  }

  /// Sends it to who is to answer.
  final void dispatch() {
    if (via instanceof Crossing crossing) {
      crossing.dispatch(this);
    } else if (target != null) {
      target.deliver(this);
    }
  }

  /// As [#dispatch], for a caller that is about to wait for the answer and has made sure of stack.
  final void dispatchAndWait() {
    if (target != null) {
      target.request(this);
    } else {
      dispatch();
    }
  }

  // The server's side

  @Override
  public final void reply(R value) {
    Objects.requireNonNull(value);
    LocalProcess<?> answering = Running.process();
    boolean outer = answering == null || answering.enter();
    try {
      answer(value);
    } finally {
      if (answering != null) {
        answering.leave(outer);
      }
    }
  }

  @Override
  public final void fail(ExitReason reason) {
    Objects.requireNonNull(reason);
    LocalProcess<?> answering = Running.process();
    boolean outer = answering == null || answering.enter();
    try {
      refuse(reason);
    } finally {
      if (answering != null) {
        answering.leave(outer);
      }
    }
  }

  /// As [#reply], inside the runtime.
  final void answer(R value) {
    if (!answered(new Answer.Reply<>(value))) {
      tooLate();
    }
  }

  /// As [#fail], inside the runtime.
  final void refuse(ExitReason reason) {
    answered(new Answer.Failed<>(reason));
  }

  /// False if it was answered or given up before.
  private boolean answered(Answer<R> given) {
    Worker worker = Thread.currentThread() instanceof Worker here ? here : null;
    if (asker == null) {
      StackProbe.probe(); // an answer given and not told would be waited for in vain
    }
    if (!STATE.compareAndSet(this, OPEN, ANSWERED)) {
      return false;
    }
    answer = given;
    returning = true;
    sendBack(worker);
    return true;
  }

  /// Pushes the answer, or opens the request again if there is no stack left to push it: then
  /// whoever answers fails, and may answer once more or end.
  void sendBack(@Nullable Worker worker) {
    LocalProcess<?> to = asker;
    if (to == null) {
      return;
    }
    boolean pushed = false;
    try {
      Mailbox.Push result = to.push(this, 1, Integer.MAX_VALUE, worker != null);
      pushed = true;
      if (result == Mailbox.Push.WOKE && worker != null && worker.queues == to.node.scheduler) {
        to.behind = worker.woken;
        worker.woken = to;
        worker.publish();
      } else {
        to.signalled(this, result);
      }
    } finally {
      if (!pushed) {
        openAgain();
      }
    }
  }

  /// It was answered, and nobody could be told.
  final void openAgain() {
    answer = null;
    returning = false;
    state = OPEN;
  }

  private void tooLate() {
    LocalProcess<?> server = target;
    if (server != null) {
      server.node.drops().count(DropReason.LATE_ANSWER);
    }
  }

  /// The server keeps it to answer later.
  final void take() {
    taken = true;
  }

  /// Whether its server still owes an answer in the turn that handles it.
  final boolean isOwed() {
    return !taken && state == OPEN;
  }

  @Override
  public final boolean isAwaited() {
    LocalProcess<?> caller = asker;
    return isOpen() && (caller == null || caller.isAlive());
  }

  /// Whether nobody has answered or given up yet.
  final boolean isOpen() {
    return state == OPEN;
  }

  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    if (!returning) {
      return this;
    }
    receiver.forget(this);
    openReply();
    if (as == null) {
      closed = true;
      return null;
    }
    return this;
  }

  @Override
  boolean isForRuntime() {
    return returning ? closed : via instanceof AliasRef<?> alias && alias.isCancelled();
  }

  @Override
  void runFor(LocalProcess<?> receiver) {
    if (!returning) {
      receiver.node.drops().count(DropReason.INACTIVE_ALIAS);
      refuse(ExitReason.noProcess());
    }
  }

  @Override
  Object open() {
    if (returning) {
      return openAnswer();
    }
    return via instanceof AliasRef<?> alias ? alias.open(request) : request;
  }

  @Override
  void taken(LocalProcess<?> receiver) {
    if (returning) {
      closed = true;
    }
  }

  @Override
  void overflow(LocalProcess<?> receiver) {
    super.overflow(receiver);
    refuse(ExitReason.overloaded());
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    if (!returning) {
      super.refuse(receiver, reason);
      refuse(reason);
    } else {
      receiver.node.drops().count(DropReason.LATE_ANSWER);
    }
  }

  // The asker's side

  /// Stops waiting; false if the answer is on its way.
  final boolean giveUp() {
    boolean inTime = STATE.compareAndSet(this, OPEN, GIVEN_UP);
    if (inTime && via instanceof Crossing crossing && !(request instanceof SpawnOrder)) {
      crossing.forget();
    }
    return inTime;
  }

  /// Null if the answer is on its way.
  @Override
  final @Nullable Mail rings(Agenda agenda) {
    if (!giveUp()) {
      return null;
    }
    answer = new Answer.Failed<>(ExitReason.timeout());
    return new Expired(this);
  }

  @Override
  public final boolean cancel() {
    LocalProcess<?> owner = asker;
    if (owner == null) {
      return false;
    }
    boolean outer = owner.enterSelf();
    try {
      owner.forget(this);
      boolean inTime = !closed;
      closed = true;
      if (inTime && !giveUp() && request instanceof SpawnOrder<?> order) {
        order.abandon(owner, answer());
      }
      return inTime;
    } finally {
      owner.leave(outer);
    }
  }

  /// The answer has come to an asker that waits.
  final boolean isAnswered() {
    return closed;
  }

  /// A reply that came over a wire is opened by who asked.
  private void openReply() {
    if (answer instanceof Answer.Reply<R>(R value) && value instanceof Letter letter) {
      answer = opened(letter);
    }
  }

  @SuppressWarnings("unchecked") // what is wrong with the reply, its asker finds out
  private static <R> Answer<R> opened(Letter letter) {
    return letter.isWhole()
        ? new Answer.Reply<>((R) letter.open())
        : new Answer.Failed<>(new ExitReason.Custom("the reply could not be decoded"));
  }

  /// The answer, once there is one.
  final Answer<R> answer() {
    Answer<R> known = answer;
    if (known == null) {
      throw new IllegalStateException("not answered");
    }
    return known;
  }

  @Override
  @Nullable TraceContext trace() {
    return trace;
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return returning && holder == asker ? answer() : request;
  }

  /// The deadline has passed; the request itself may still stand in the server's mailbox.
  private static final class Expired extends Mail {
    private final Ask<?> ask;

    Expired(Ask<?> ask) {
      this.ask = ask;
    }

    @Override
    boolean isForRuntime() {
      return ask.closed;
    }

    @Override
    Object open() {
      return ask.openAnswer();
    }

    @Override
    void taken(LocalProcess<?> receiver) {
      ask.closed = true;
    }

    @Override
    Object subject(LocalProcess<?> holder) {
      return ask.answer();
    }
  }

  private Object openAnswer() {
    Function<? super Answer<R>, ?> mapping = as;
    if (mapping == null) {
      throw new IllegalStateException("the answer to a call is no message");
    }
    return mapping.apply(answer());
  }

  /// A request of a thread that is no process: it waits for a permit instead of a message.
  static final class Outside<R> extends Ask<R> {
    private final Scheduler scheduler;
    private final Waiter waiter = new Waiter();

    Outside(Request<R> request, Scheduler scheduler, @Nullable Via via, long dueAt) {
      super(request, null, null, via, dueAt, null);
      this.scheduler = scheduler;
    }

    /// A request that goes this way.
    static <R> Outside<R> along(Route way, Request<R> request, Scheduler scheduler, long dueAt) {
      Outside<R> ask = new Outside<>(request, scheduler, via(way), dueAt);
      ask.target = target(way);
      return ask;
    }

    @Override
    void sendBack(@Nullable Worker worker) {
      scheduler.resume(waiter);
    }

    /// Waits for the answer.
    Answer<R> await(Clock clock) {
      waiter.occupy(Thread.currentThread());
      while (!waiter.take()) {
        if (clock.nanos() >= dueAt && giveUp()) {
          return new Answer.Failed<>(ExitReason.timeout());
        }
        scheduler.await(waiter, dueAt);
      }
      super.openReply();
      return answer();
    }
  }
}
