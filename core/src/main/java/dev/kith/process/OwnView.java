package dev.kith.process;

import dev.kith.observe.DropReason;
import dev.kith.observe.Events;
import dev.kith.observe.SystemEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a process's code does as that process. Every method is a section (see [Guarded]): it enters
/// the runtime, which fails once the process must not go on, and leaves it again.
final class OwnView<M> implements Self<M> {
  /// The resolution of timers: with shorter periods a process would do nothing else.
  private static final long PERIOD_NANOS_MIN = 1_000_000;

  private final LocalProcess<M> process;
  private final Node node;

  OwnView(LocalProcess<M> process) {
    this.process = process;
    this.node = process.node;
  }

  @Override
  public ProcessRef<M> ref() {
    return process;
  }

  @Override
  public Pid pid() {
    return process.pid();
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public <N> void send(Address<? super N> to, N message) {
    process.checkSelf();
    node.send(to, message);
  }

  @Override
  public <R, Q extends Request<R>> R call(Address<? super Q> to, Q request, Duration within) {
    boolean outer = process.enterSelf();
    try {
      Ask<R> ask = Ask.along(node.route(to), request, process, null, node.deadline(within));
      if (ask.target == process) {
        throw new ExitException(new ExitReason.Deadlock(process + " calls itself"));
      }
      return Waiting.forAnswer(process, ask).orThrow();
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <R, Q extends Request<R>> Cancel ask(
      Address<? super Q> to,
      Q request,
      Duration within,
      Function<? super Answer<R>, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = process.enterSelf();
    try {
      return asked(node.find(to), request, node.deadline(within), as);
    } finally {
      process.leave(outer);
    }
  }

  private <R> Ask<R> asked(
      @Nullable Route way,
      Request<R> request,
      long deadline,
      Function<? super Answer<R>, ? extends M> as) {
    if (way == null) {
      node.drops().count(DropReason.NO_PROCESS);
      Ask<R> ask = new Ask<>(request, process, as, null, deadline, process.trace);
      ask.refuse(ExitReason.noProcess());
      return ask;
    }
    Ask<R> ask = Ask.along(way, request, process, as, deadline);
    Extras own = process.extras();
    own.agenda.add(ask);
    process.arm(own);
    ask.dispatch();
    return ask;
  }

  @Override
  public <R> void reply(Request<R> request, R value) {
    boolean outer = process.enterSelf();
    try {
      Ask<R> ask = handledRequest(request);
      if (ask != null) {
        ask.answer(Objects.requireNonNull(value));
      }
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <R> ReplyTo<R> replyTo(Request<R> request) {
    boolean outer = process.enterToChange();
    try {
      Ask<R> ask = handledRequest(request);
      if (ask == null) {
        return new NobodyWaits<>();
      }
      process.keepToAnswer(ask);
      return ask;
    } finally {
      process.leave(outer);
    }
  }

  /// The request that is being handled; null if it was only sent.
  @SuppressWarnings("unchecked") // an ask's reply type is its request's
  private <R> @Nullable Ask<R> handledRequest(Request<R> request) {
    Mail mail = process.current;
    if (mail instanceof Ask<?> ask && ask.request == request) {
      return (Ask<R>) ask;
    }
    if (mail != null && mail.subject(process) == request) {
      return null; // it was only sent, by another process or by a timer
    }
    throw new IllegalStateException(
        "a request can be answered only while it is handled: " + request);
  }

  @Override
  public void postpone() {
    boolean outer = process.enterToChange();
    try {
      Mail mail = process.current;
      Extras own = process.extras();
      boolean handling = mail != null && process.ending() == null && !process.isThreaded();
      if (mail == null || !handling || own.isPostponed(mail)) {
        throw new IllegalStateException(
            "only a server postpones, and a message once, while it handles it: " + process);
      }
      own.postpone(mail);
      process.laidAside();
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public void retryPostponed() {
    boolean outer = process.enterToChange();
    try {
      Extras own = process.extras();
      for (Retry last = own.pollLastPostponed(); last != null; last = own.pollLastPostponed()) {
        process.fromAside();
        process.putBack(last);
      }
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <E> Alias<E> alias(Class<E> type, Function<? super E, ? extends M> as) {
    boolean outer = process.enterSelf();
    process.leave(outer);
    return new AliasRef<>(process, type, as);
  }

  @Override
  public Cancel sendAfter(Duration delay, M message) {
    return addTimer(delay, message, 0);
  }

  @Override
  public Cancel sendEvery(Duration period, M message) {
    Checks.check(period.isPositive(), "a period is longer than nothing, not %s", period);
    long nanos = Math.max(PERIOD_NANOS_MIN, node.deadline(period) - node.clock().nanos());
    return addTimer(period, message, nanos);
  }

  private Cancel addTimer(Duration delay, M message, long period) {
    Objects.requireNonNull(message);
    boolean outer = process.enterSelf();
    try {
      Extras own = process.extras();
      Timer timer = new Timer(process, message, node.deadline(delay), period, process.trace);
      own.agenda.add(timer);
      process.arm(own);
      return timer;
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <N> ProcessRef<N> spawn(ProcessSpec<N> spec) {
    return spawned(spec, Ties.none());
  }

  @Override
  public <N> ProcessRef<N> spawnLinked(ProcessSpec<N> spec) {
    return spawned(spec, Ties.linked(process));
  }

  @Override
  public <N> ProcessRef<N> spawnMonitored(
      ProcessSpec<N> spec, Function<? super Down, ? extends M> as) {
    return spawned(spec, Ties.monitored(process, as));
  }

  private <N> ProcessRef<N> spawned(ProcessSpec<N> spec, Ties ties) {
    boolean outer = process.enterSelf();
    try {
      return switch (node.create(spec, process.lineage(), ties)) {
        case StartResult.Started<N>(ProcessRef<N> process) -> process;
        case StartResult.AlreadyStarted<N>(Pid holder) ->
            throw new ExitException(new ExitReason.Custom("already started: " + holder));
        case StartResult.Failed<N>(ExitReason reason) -> throw new ExitException(reason);
        case StartResult.Ignored<N>() -> throw new IllegalStateException("not yet asked");
      };
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <N> Launch<N> start(
      ProcessSpec<N> spec, Function<? super StartResult<N>, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = process.enterSelf();
    try {
      Ask<StartResult<N>> starter =
          new Ask<>(
              new Starting<>(), process, Starting.told(as), null, Long.MAX_VALUE, process.trace);
      StartResult<N> result =
          node.create(spec, process.lineage(), Ties.linked(process).withStarter(starter));
      if (!(result instanceof StartResult.Started<N>)) {
        starter.answer(result);
      }
      return Launching.of(starter, result);
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <A, N> Cancel spawn(
      NodeName where,
      Blueprint<A, N> what,
      A argument,
      Function<? super Answer<ProcessRef<N>>, ? extends M> as) {
    return ordered(where, new SpawnOrder<N>(what.name(), argument, false), as);
  }

  @Override
  public <A, N> Cancel spawnLinked(
      NodeName where,
      Blueprint<A, N> what,
      A argument,
      Function<? super Answer<ProcessRef<N>>, ? extends M> as) {
    return ordered(where, new SpawnOrder<N>(what.name(), argument, true), as);
  }

  private <N> Cancel ordered(
      NodeName where,
      SpawnOrder<N> order,
      Function<? super Answer<ProcessRef<N>>, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = process.enterToChange();
    try {
      Route way = new Route.Far(node.peers.of(where), 0, SpawnOrder.TARGET);
      return asked(way, order, Long.MAX_VALUE, as);
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public void link(ProcessRef<?> peer) {
    boolean outer = process.enterToChange();
    try {
      process.linkWith(node.party(peer));
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public void unlink(ProcessRef<?> peer) {
    boolean outer = process.enterToChange();
    try {
      Party other = node.party(peer);
      Links links = process.extras().links;
      Link link = links.find(other);
      if (link != null && link.isActive()) {
        long id = links.nextUnlinkId();
        link.deactivate(id);
        other.signal(new Link.Unlink(process, id));
      }
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public Cancel monitor(Address<?> peer, Function<? super Down, ? extends M> as) {
    Objects.requireNonNull(as);
    boolean outer = process.enterSelf();
    try {
      return monitored(node.find(peer), node.subject(peer), as);
    } finally {
      process.leave(outer);
    }
  }

  private OwnMonitor monitored(
      @Nullable Route way, Pid subject, Function<? super Down, ? extends M> as) {
    return switch (way) {
      case null -> {
        OwnMonitor monitor = new OwnMonitor(process, null, subject, as);
        monitor.fire(ExitReason.noProcess());
        yield monitor;
      }
      case Route.Near(LocalProcess<?> target, var _) -> {
        OwnMonitor monitor = new OwnMonitor(process, target, target.pid(), as);
        if (target != process) {
          target.signal(monitor);
        }
        yield monitor;
      }
      case Route.Far far -> far.peer().monitor(process, far, subject, as);
    };
  }

  @Override
  public void trapExits(Function<? super Exit, ? extends M> as) {
    boolean outer = process.enterSelf();
    process.extras().trap = Objects.requireNonNull(as);
    process.leave(outer);
  }

  @Override
  public void trapParentExit(Function<? super Exit, ? extends M> as) {
    boolean outer = process.enterSelf();
    process.extras().parentTrap = Objects.requireNonNull(as);
    process.leave(outer);
  }

  @Override
  public void exit(ExitReason reason) {
    boolean outer = process.enterSelf();
    try {
      throw process.leaveFor(Objects.requireNonNull(reason));
    } finally {
      process.leave(outer); // a `finally` of the process's own may still run, and be stuck
    }
  }

  @Override
  public void exit(ProcessRef<?> other, ExitReason reason) {
    boolean outer = process.enterToChange();
    try {
      Party target = node.party(other);
      target.requestExit(process.pid(), reason);
      if (target == process) {
        process.fetch();
        process.unwindIfEnding();
      }
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public void deferReady() {
    checkStarting("deferReady");
    process.extras().readyDeferred = true;
  }

  @Override
  public void ready() {
    boolean outer = process.enterSelf();
    try {
      process.reportReady();
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public void ignoreStart() {
    process.checkSelf();
    Extras own = process.extras();
    if (own.starter == null && process.current != null) {
      throw new IllegalStateException(process + " is already up");
    }
    own.ignoresStart = true;
    exit(ExitReason.normal());
  }

  private void checkStarting(String what) {
    process.checkSelf();
    if (process.current != null) {
      throw new IllegalStateException(what + " belongs into `started`");
    }
  }

  @Override
  public boolean tryRegister(Name<M> name) {
    boolean outer = process.enterToChange();
    try {
      boolean taken = process.extras().name == null && node.names.register(name, process);
      if (taken) {
        node.names.announce(name, process);
      }
      return taken;
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public void unregister() {
    boolean outer = process.enterToChange();
    try {
      Extras own = process.extras();
      if (own.name != null) {
        node.names.release(own.name, process);
        own.name = null;
      }
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public <E extends SystemEvent> Cancel subscribe(
      Class<E> type, Function<? super E, ? extends M> as) {
    boolean outer = process.enterToChange();
    try {
      AliasRef<E> alias = new AliasRef<>(process, type, as);
      Events.Subscription subscription = node.events().add(type, alias::deliver);
      process.attach(ended -> subscription.end());
      return () -> {
        boolean inTime = alias.cancel();
        subscription.end();
        return inTime;
      };
    } finally {
      process.leave(outer);
    }
  }

  @Override
  public Optional<TraceContext> trace() {
    process.checkSelf();
    return Optional.ofNullable(process.trace);
  }

  @Override
  public void trace(TraceContext context) {
    process.checkSelf();
    process.trace = context;
  }
}
