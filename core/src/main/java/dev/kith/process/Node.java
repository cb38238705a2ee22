package dev.kith.process;

import dev.kith.observe.DropReason;
import dev.kith.observe.Drops;
import dev.kith.observe.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Long because it is all that can be done from outside a process, one short method for each.
 */
/// Where processes live: one life of one node.
///
/// There can be several nodes in one JVM; they share threads and nothing else.
///
/// **Threading.** Any thread may call any method. A method that waits may also be called by a
/// process, which then waits without holding up others.
public final class Node implements AutoCloseable {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
  private static final Duration KILL_GRACE = Duration.ofSeconds(1);
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final NodeName name;
  private final Environment environment;
  private final int incarnation;
  private final Drops drops = new Drops();
  private final Events events = new Events();
  private final ProcessTable table;
  private final LongAdder started = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final AtomicInteger zombies = new AtomicInteger();
  private final LongAdder unanswered = new LongAdder();
  private final AtomicBoolean closing = new AtomicBoolean();
  final Scheduler scheduler;
  final Names names;
  final Peers peers = new Peers(this);
  final Abroad abroad;
  final Blueprints blueprints = new Blueprints();
  final int longMailbox;

  private Node(NodeSpec spec) {
    name = spec.name();
    environment = spec.environment();
    scheduler = environment.scheduler();
    incarnation = (int) (environment.entropy().bits() >>> 33) + 1;
    table = new ProcessTable(scheduler.parallelism());
    names = new Names(scheduler, events);
    abroad = new Abroad(environment.entropy());
    longMailbox = spec.longMailbox();
  }

  /// Starts a node with this name in the real world.
  public static Node start(NodeName name) {
    return start(NodeSpec.of(name));
  }

  /// Starts a node.
  public static Node start(NodeSpec spec) {
    EarlyClasses.initialize();
    Node node = new Node(spec);
    node.scheduler.enter(node.events);
    if (spec.crashReports() == NodeSpec.CrashReports.LOGGED) {
      node.spawn(CrashReporter.spec());
    }
    return node;
  }

  /// Its name.
  public NodeName name() {
    return name;
  }

  /// Which life of the node this is; drawn at random, so that it need not be remembered.
  public int incarnation() {
    return incarnation;
  }

  /// Its clock.
  public Clock clock() {
    return environment.clock();
  }

  /// Its randomness.
  public Entropy entropy() {
    return environment.entropy();
  }

  /// The ledger of lost messages.
  public Drops drops() {
    return drops;
  }

  /// What happens on this node.
  public Events events() {
    return events;
  }

  // Starting processes

  /// Starts a server and does not wait for it.
  public <M> ProcessRef<M> spawn(Class<M> protocol, Supplier<? extends Server<M>> server) {
    return spawn(ProcessSpec.server(protocol, server));
  }

  /// Starts a body and does not wait for it.
  public <M> ProcessRef<M> spawn(Class<M> protocol, Body<M> body) {
    return spawn(ProcessSpec.body(protocol, body));
  }

  /// Starts a process and does not wait for it.
  ///
  /// @throws ExitException if its name is taken, or the node is closed
  public <M> ProcessRef<M> spawn(ProcessSpec<M> spec) {
    return switch (create(spec, null, Ties.none())) {
      case StartResult.Started<M>(ProcessRef<M> process) -> process;
      case StartResult.AlreadyStarted<M>(Pid holder) ->
          throw new ExitException(new ExitReason.Custom("already started: " + holder));
      case StartResult.Failed<M>(ExitReason reason) -> throw new ExitException(reason);
      case StartResult.Ignored<M>() -> throw new IllegalStateException("not yet asked");
    };
  }

  /// Starts a process and waits until it is up, or until it is known why not. One that is not up in
  /// time is killed.
  public <M> StartResult<M> start(ProcessSpec<M> spec, Duration within) {
    Ask.Outside<StartResult<M>> starter =
        new Ask.Outside<>(new Starting<>(), scheduler, null, deadline(within));
    StartResult<M> result = create(spec, null, Ties.none().withStarter(starter));
    if (!(result instanceof StartResult.Started<M>(ProcessRef<M> process))) {
      return result;
    }
    Answer<StartResult<M>> answer = starter.await(clock());
    if (answer instanceof Answer.Failed) {
      exit(process, ExitReason.kill());
    }
    return Starting.result(answer);
  }

  /// Makes a process and makes it runnable.
  <N> StartResult<N> create(ProcessSpec<N> spec, @Nullable Lineage parent, Ties ties) {
    Running.checkMayGoOn();
    StackProbe.probe();
    if (closing.get()) {
      return new StartResult.Failed<>(ExitReason.shutdown());
    }
    LocalProcess<N> process =
        switch (spec.kind()) {
          case SERVER -> new ServerProcess<>(this, table.reserve(), spec, parent);
          case BODY -> new BodyProcess<>(this, table.reserve(), spec, parent);
        };
    ties.tieChild(process);
    table.add(process);
    Name<N> wanted = spec.name().orElse(null);
    if (wanted != null && !names.register(wanted, process)) {
      table.remove(process.serial);
      LocalProcess<?> holder = names.holder(wanted);
      return new StartResult.AlreadyStarted<>(holder == null ? Pid.nobody(name) : holder.pid());
    }
    ties.tieParent(process);
    started.increment();
    if (events.isObserved(ProcessEvent.Started.class)) {
      events.publish(new ProcessEvent.Started(process.pid(), process.name()));
    }
    if (wanted != null) {
      names.announce(wanted, process);
    }
    process.launch();
    return new StartResult.Started<>(process);
  }

  // Using processes

  /// Sends a message; never waits and never fails, see [ProcessRef#send].
  public <M> void send(Address<? super M> to, M message) {
    switch (to) {
      case ProcessRef<? super M> process -> process.send(message);
      case Name<? super M> held -> sendTo(held, message);
      case RemoteName<? super M> held -> sendTo(held, message);
    }
  }

  private <M> void sendTo(Name<? super M> held, M message) {
    LocalProcess<?> holder = names.holder(held);
    if (holder == null) {
      drops.count(DropReason.NO_PROCESS);
    } else if (!holder.protocol.isInstance(message)) {
      drops.count(DropReason.WRONG_PROTOCOL);
    } else {
      sendChecked(holder, message);
    }
  }

  private <M> void sendTo(RemoteName<? super M> held, M message) {
    if (held.node().equals(name)) {
      sendTo(held.name(), message);
    } else {
      peers.of(held.node()).send(0, new NodeSignal.Target.ToName(held.name().text()), message);
    }
  }

  @SuppressWarnings("unchecked") // the message was checked against the process's protocol
  private static <M> void sendChecked(LocalProcess<?> holder, M message) {
    ((LocalProcess<M>) holder).send(message);
  }

  /// Sends in the node's own name instead of that of the process that runs on this thread: for
  /// services that tell processes of changes, which must not fail half-way because the process that
  /// causes the change is being killed.
  public <M> void tell(ProcessRef<M> to, M message) {
    switch (to) {
      case LocalProcess<?> process -> process.deliver(new Message(message));
      case AliasRef<?> alias -> alias.deliver(message);
      case RemoteProcess<?> remote -> remote.tell(message);
      default -> to.send(message);
    }
  }

  /// Gives a process of this node a message that came over a wire, within its limit in bytes: for
  /// services that spread one letter to many.
  public void tell(ProcessRef<?> to, Letter letter, @Nullable TraceContext trace) {
    switch (to) {
      case LocalProcess<?> process ->
          process.deliver(new Message.Wired(letter, null, trace), letter.bytes());
      case AliasRef<?> alias ->
          alias.owner.deliver(new Message.Wired(letter, alias, trace), letter.bytes());
      default -> drops.count(DropReason.NO_PROCESS);
    }
  }

  /// Sends in the node's own name to a process of this node, and says at once whether the message
  /// is in its mailbox: for services that answer for it.
  ///
  /// @return why it is not: nobody is there, the mailbox is full, the protocol is another; empty if
  ///   it is
  public Optional<ExitReason> offer(Address<?> to, Object message) {
    LocalProcess<?> receiver =
        switch (to) {
          case Name<?> held -> names.holder(held);
          case RemoteName<?> held -> names.holder(held.name());
          case AliasRef<?> alias -> new Tombstone(this, alias.pid());
          case ProcessRef<?> process -> local(process);
        };
    if (receiver == null) {
      drops.count(DropReason.NO_PROCESS);
      return Optional.of(ExitReason.noProcess());
    }
    if (!receiver.protocol.isInstance(message)) {
      drops.count(DropReason.WRONG_PROTOCOL);
      return Optional.of(
          ExitReasons.wrongProtocol(message.getClass(), receiver.pid(), receiver.protocol));
    }
    Message.Offered offered = new Message.Offered(message);
    receiver.deliver(offered);
    return Optional.ofNullable(offered.refusal());
  }

  /// Sends a message to all members that a group has on another node, as the process that runs on
  /// this thread, if any: for services whose groups span nodes.
  ///
  /// @param life which life of the other node
  /// @param scope the name of the groups' scope
  public void broadcast(NodeName to, int life, String scope, String group, Object message) {
    peers.of(to).broadcast(life, scope, group, message);
  }

  /// Asks and waits for the reply; as [Self#call].
  ///
  /// @throws ExitException if the process was not there, ended, refused or did not reply in time
  public <R, Q extends Request<R>> R call(Address<? super Q> to, Q request, Duration within) {
    LocalProcess<?> caller = Running.process();
    if (caller != null) {
      return caller.self.call(to, request, within);
    }
    Ask.Outside<R> ask = Ask.Outside.along(route(to), request, scheduler, deadline(within));
    ask.dispatch();
    return ask.await(clock()).orThrow();
  }

  /// Sends a process an exit signal.
  public void exit(ProcessRef<?> process, ExitReason reason) {
    Running.checkMayGoOn();
    party(process).requestExit(Pid.nobody(name), reason);
  }

  /// Links two processes with each other. The first is of this node.
  public void link(ProcessRef<?> one, ProcessRef<?> other) {
    Running.checkMayGoOn();
    Party peer = party(other);
    local(one).signal(new Control.Errand(receiver -> receiver.linkWith(peer)));
  }

  /// Waits until a process has ended, and says why; empty if it still lives at the deadline.
  public Optional<ExitReason> awaitExit(ProcessRef<?> process, Duration within) {
    Ask.Outside<ExitReason> watch =
        new Ask.Outside<>(new ExitWatch(), scheduler, null, deadline(within));
    ProcessRef<?> watcher = spawn(ExitWatch.spec(process, watch));
    Answer<ExitReason> answer = watch.await(clock());
    exit(watcher, ExitReason.kill());
    return answer instanceof Answer.Reply<ExitReason>(ExitReason reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /// Adds something that goes when a process does; false if it has gone.
  public boolean attach(ProcessRef<?> process, Attachment attachment) {
    return local(process).attach(attachment);
  }

  // Names

  /// Who holds a name.
  public <M> Optional<ProcessRef<M>> whereis(Name<M> held) {
    LocalProcess<?> holder = names.holder(held);
    return holder == null ? Optional.empty() : Optional.of(typed(holder, held));
  }

  /// Waits until a name is held (JVM-6); empty if nobody holds it at the deadline.
  public <M> Optional<ProcessRef<M>> await(Name<M> held, Duration within) {
    long until = deadline(within);
    Names.Waiting waiting = names.await(held);
    waiting.waiter.occupy(Thread.currentThread());
    while (names.holder(held) == null && clock().nanos() < until) {
      scheduler.await(waiting.waiter, until);
      if (waiting.waiter.take() && names.holder(held) == null) {
        waiting = names.await(held);
        waiting.waiter.occupy(Thread.currentThread());
      }
    }
    names.stopWaiting(held, waiting);
    return whereis(held);
  }

  @SuppressWarnings("unchecked") // the protocols are compared
  private static <M> ProcessRef<M> typed(LocalProcess<?> holder, Name<M> held) {
    Checks.check(
        holder.protocol == held.protocol(),
        "%s is held by a process for %s, not for %s",
        held,
        holder.protocol.getName(),
        held.protocol().getName());
    return (ProcessRef<M>) holder;
  }

  // Looking

  /// The process with this pid, alive or not.
  public ProcessRef<?> find(Pid pid) {
    if (!pid.node().equals(name)) {
      return new RemoteProcess<>(this, pid);
    }
    if (pid.incarnation() != incarnation) {
      return new GoneRef(pid, DropReason.OLD_INCARNATION, drops);
    }
    LocalProcess<?> process = table.find(pid.serial());
    return process != null ? process : new GoneRef(pid, DropReason.NO_PROCESS, drops);
  }

  /// The name of a process of this node; empty if it has none, or is dead.
  public Optional<String> nameOf(Pid pid) {
    return find(pid) instanceof LocalProcess<?> process ? process.name() : Optional.empty();
  }

  // Other nodes

  /// Begins to connect with another node: for what brings nodes together.
  ///
  /// @throws IllegalStateException if there is a connection, or an attempt, already
  public Peer connect(NodeName other) {
    return peers.begin(other);
  }

  /// The other nodes that can be reached now, by name.
  public List<NodeName> reachable() {
    return peers.reachable();
  }

  /// Whether some other node takes less than what is sent to it: who cannot be paused for it
  /// (SIG-9), because it sends in the node's own name, should wait.
  public boolean isCrowded() {
    return peers.areCrowded();
  }

  /// Lets other nodes start this here (see [Self#spawn(NodeName, Blueprint, Object, Function)]).
  public void allow(Blueprint<?, ?> blueprint) {
    blueprints.allow(blueprint);
  }

  /// What a reference in a message is on the wire; empty if it is none of ours.
  public Optional<Reference> describe(Object reference) {
    return Optional.ofNullable(
        switch (reference) {
          case AliasRef<?> alias -> new Reference.OfAlias(alias.pid(), abroad.numberOf(alias));
          case RemoteAlias<?> alias -> new Reference.OfAlias(alias.pid(), alias.id());
          case ProcessRef<?> process -> new Reference.OfProcess(process.pid());
          case IncomingAsk<?> ask -> ask.reference();
          case Ask<?> ask -> new Reference.OfReply(name, incarnation, abroad.lend(ask));
          case RemoteReply<?>(var _, NodeName asker, int life, long id) ->
              new Reference.OfReply(asker, life, id);
          case NobodyWaits<?> _ -> new Reference.OfReply(name, incarnation, 0);
          default -> null;
        });
  }

  /// What a reference means on this node: a [ProcessRef] or a [ReplyTo].
  public Object resolve(Reference reference) {
    return switch (reference) {
      case Reference.OfProcess(Pid pid) -> find(pid);
      case Reference.OfAlias(Pid pid, long id) -> {
        AliasRef<?> alias = isOwn(pid) ? abroad.alias(id) : null;
        yield alias != null ? alias : new RemoteAlias<>(this, pid, id);
      }
      case Reference.OfReply(NodeName asker, int life, long id) -> {
        Ask<?> ask = asker.equals(name) && life == incarnation ? abroad.find(id) : null;
        yield ask != null ? ask : new RemoteReply<>(this, asker, life, id);
      }
    };
  }

  private boolean isOwn(Pid pid) {
    return pid.node().equals(name) && pid.incarnation() == incarnation;
  }

  /// Whether a process lives. A killed process does not, even if its code still runs.
  public boolean isAlive(ProcessRef<?> process) {
    return local(process).isAlive();
  }

  /// How many processes live.
  public long processCount() {
    return started.sum() - ended.sum();
  }

  /// How many killed processes still run code that does not return.
  public int zombieCount() {
    return zombies.get();
  }

  /// How many requests were neither answered nor kept.
  public long unansweredCount() {
    return unanswered.sum();
  }

  /// How many messages wait for a process, about; 0 if it has ended.
  public int mailboxDepth(ProcessRef<?> process) {
    LocalProcess<?> local = local(process);
    return local.isRetired() ? 0 : local.depth();
  }

  /// What can be seen of all processes, by serial.
  public List<ProcessSnapshot> processes() {
    List<ProcessSnapshot> all = new ArrayList<>();
    for (LocalProcess<?> process : table.all()) {
      all.add(snapshot(process));
    }
    return all;
  }

  /// Asks a process about itself; empty if it is not there or does not come to a boundary in time.
  public Optional<Inspection> inspect(ProcessRef<?> process, Duration within) {
    Ask.Outside<Inspection> ask =
        new Ask.Outside<>(new Look.Question(), scheduler, null, deadline(within));
    local(process).signal(new Look(ask));
    return ask.await(clock()) instanceof Answer.Reply<Inspection>(Inspection inspection)
        ? Optional.of(inspection)
        : Optional.empty();
  }

  /// From its next boundary on a process handles no messages until it is resumed. Signals that are
  /// not messages act as ever: it can be linked, watched, inspected and killed, and its mailbox
  /// fills up to its limit.
  public void suspend(ProcessRef<?> process) {
    Running.checkMayGoOn();
    local(process).signal(new Control.Errand(receiver -> receiver.hold(true)));
  }

  /// A suspended process goes on.
  public void resume(ProcessRef<?> process) {
    Running.checkMayGoOn();
    local(process).signal(new Control.Errand(receiver -> receiver.hold(false)));
  }

  /// Tells what a process handles, from its next boundary on. One that nobody traces pays nothing.
  ///
  /// @return ends it, from any thread; false if the process has ended
  public Cancel trace(ProcessRef<?> process, Tracer tracer) {
    Running.checkMayGoOn();
    LocalProcess<?> traced = local(process);
    traced.signal(new Control.Errand(receiver -> receiver.trace(tracer, true)));
    return () -> {
      traced.signal(new Control.Errand(receiver -> receiver.trace(tracer, false)));
      return traced.isAlive();
    };
  }

  ProcessSnapshot snapshot(LocalProcess<?> process) {
    int ticksIdle = Math.max(0, scheduler.tick() - process.lastActiveTick());
    return new ProcessSnapshot(
        process.pid(),
        process.name(),
        process.ancestors(),
        process.protocol,
        process.depth(),
        process.handledCount(),
        Duration.ofMillis(process.samples),
        Duration.ofMillis(ticksIdle));
  }

  // Ending

  /// Ends the node: processes that are not linked with who started them are told to shut down, the
  /// others follow those, and after a grace of 2 s whatever is left is killed. Nothing can be
  /// started from now on.
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    for (LocalProcess<?> process : table.all()) {
      if (!process.isBornLinked()) {
        process.requestExit(Pid.nobody(name), ExitReason.shutdown());
      }
    }
    awaitEmpty(CLOSE_GRACE);
    table.all().forEach(process -> process.requestExit(Pid.nobody(name), ExitReason.kill()));
    awaitEmpty(KILL_GRACE);
    scheduler.leave(events);
  }

  /// Ends the node at once: kills all its processes, and waits for nothing.
  public void halt() {
    closing.set(true);
    table.all().forEach(process -> process.requestExit(Pid.nobody(name), ExitReason.kill()));
    scheduler.leave(events);
  }

  private void awaitEmpty(Duration within) {
    long until = deadline(within);
    Waiter waiter = new Waiter();
    waiter.occupy(Thread.currentThread());
    while (processCount() > 0 && clock().nanos() < until) {
      scheduler.await(waiter, Math.min(until, clock().nanos() + 1_000_000));
    }
  }

  // For the runtime

  /// The moment that lies so far ahead.
  long deadline(Duration within) {
    if (within.compareTo(FOREVER) >= 0) {
      return Long.MAX_VALUE;
    }
    long sum = clock().nanos() + Math.max(0, within.toNanos());
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /// Where an address leads.
  ///
  /// @throws ExitException if nobody holds the name, or for another protocol
  Route route(Address<?> to) {
    Route route = find(to);
    if (route == null) {
      drops.count(DropReason.NO_PROCESS);
      throw new ExitException(ExitReason.noProcess());
    }
    return route;
  }

  /// Where an address leads; null if nobody of this node holds the name.
  @Nullable Route find(Address<?> to) {
    return switch (to) {
      case Name<?> held -> holder(held);
      case RemoteName<?> held when held.node().equals(name) -> holder(held.name());
      case RemoteName<?> held ->
          new Route.Far(peers.of(held.node()), 0, new NodeSignal.Target.ToName(held.name().text()));
      case AliasRef<?> alias -> new Route.Near(alias.owner, alias);
      case RemoteProcess<?> remote -> remote.route();
      case RemoteAlias<?> alias -> alias.route();
      case LocalProcess<?> other when other.node != this ->
          new RemoteProcess<>(this, other.pid()).route();
      case ProcessRef<?> process -> new Route.Near(local(process), null);
    };
  }

  private Route.@Nullable Near holder(Name<?> held) {
    LocalProcess<?> holder = names.holder(held);
    return holder == null ? null : new Route.Near((LocalProcess<?>) typed(holder, held), null);
  }

  /// What a monitor of an address reports if nobody is there.
  Pid subject(Address<?> to) {
    return switch (to) {
      case ProcessRef<?> process -> process.pid();
      case RemoteName<?> held -> Pid.nobody(held.node());
      case Name<?> _ -> Pid.nobody(name);
    };
  }

  /// The process behind a reference, whatever node it is of.
  Party party(ProcessRef<?> process) {
    return switch (process) {
      case RemoteProcess<?> remote -> remote;
      case RemoteAlias<?> alias -> new RemoteProcess<>(this, alias.pid());
      case LocalProcess<?> other when other.node != this -> new RemoteProcess<>(this, other.pid());
      default -> local(process);
    };
  }

  /// The process of this node behind a reference; one that has always been dead if there is none.
  LocalProcess<?> local(ProcessRef<?> process) {
    return switch (process) {
      case LocalProcess<?> local -> local;
      case AliasRef<?> alias -> alias.owner;
      default -> new Tombstone(this, process.pid());
    };
  }

  ProcessTable table() {
    return table;
  }

  /// A process has ended and everybody has been told.
  void ended(LocalProcess<?> process, ExitReason reason) {
    table.remove(process.serial);
    ended.increment();
    if (events.isObserved(ProcessEvent.Ended.class)) {
      events.publish(new ProcessEvent.Ended(process.pid(), reason));
    }
    if (reason.isAbnormal() && events.isObserved(ProcessEvent.Crashed.class)) {
      events.publish(
          new ProcessEvent.Crashed(
              process.pid(), process.name(), process.ancestors(), reason, process.lastMessage()));
    }
  }

  void unanswered(LocalProcess<?> process, Ask<?> ask) {
    unanswered.increment();
    if (events.isObserved(ProcessEvent.Unanswered.class)) {
      events.publish(
          new ProcessEvent.Unanswered(process.pid(), ClassNames.brief(ask.request.getClass())));
    }
  }

  void publishLongMailbox(LocalProcess<?> process) {
    if (events.isObserved(ProcessEvent.LongMailbox.class)) {
      events.publish(new ProcessEvent.LongMailbox(process.pid(), process.depth()));
    }
  }

  void becameZombie(LocalProcess<?> process) {
    zombies.incrementAndGet();
    if (events.isObserved(ProcessEvent.BecameZombie.class)) {
      events.publish(new ProcessEvent.BecameZombie(process.pid()));
    }
  }

  void zombieEnded() {
    zombies.decrementAndGet();
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
