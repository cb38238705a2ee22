package dev.kith.process;

import dev.kith.observe.DropReason;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * Long because it is the protocol of signals between two nodes, both sides of it: one short method each.
 *
 * A peer is one connection, from the first attempt to its loss; the next one is another object. That is what
 * makes loss simple: everything that is tied to a node is tied to this object, and everything that comes too
 * late finds it lost.
 *
 *   CONNECTING ── up ──► UP ── lost ──► LOST
 *        └────────── lost ───────────────┘
 *
 * While it is CONNECTING, signals wait here, under the lock. `up` sends them before it lets others pass, so
 * that nobody's second signal overtakes the first.
 *
 * Loss against a tie that is just being made: whoever makes one writes it into its table first and carries
 * the signal after; `lost` says so first and empties the tables after. So one of the two finds it, and the
 * table's `remove` says which, where it matters (a Down, an answer). A link may be told twice, and knows by
 * its connection (`Link.over`) whether it is meant.
 */
/// Another node, for as long as one connection to it lives: what cluster and processes know of each
/// other.
///
/// **Ordering.** What is received is told in the order received; [NodeUp] comes before all of it,
/// [NodeDown] after everything (NOD-2). **Threading.** Processes carry from any thread. One thread
/// at a time calls [#up], [#receive] and [#lost].
public final class Peer {
  /// Signals that wait for a connection; more are dropped and counted.
  private static final int WAITING_MAX = 10_000;

  final Node node;
  private final NodeName name;

  private enum State {
    CONNECTING,
    UP,
    LOST
  }

  /// Changed under the lock, read by anybody.
  private volatile State state;

  /// Which life of the other node; 0 until it is known. Written before `state`.
  private int incarnation;

  /// Written before `state`.
  private @Nullable Carrier carrier;

  /// What waits for the connection. Guarded by this object's lock.
  private final Queue<Held> waiting = new ArrayDeque<>();

  /// A signal, and the life of the node that it is meant for; 0 is any.
  private record Held(int incarnation, NodeSignal signal) {}

  /// Processes that have or had links with processes there.
  private final Set<LocalProcess<?>> linked = ConcurrentHashMap.newKeySet();

  /// Monitors of processes there, by the numbers they have here.
  private final Map<Long, OwnMonitor> outgoing = new ConcurrentHashMap<>();

  /// Monitors of processes here, by the numbers they have there.
  private final Map<Long, IncomingMonitor> incoming = new ConcurrentHashMap<>();

  /// Processes that pause until there is room.
  private final Queue<LocalProcess<?>> paused = new ConcurrentLinkedQueue<>();

  Peer(Node node, NodeName name) {
    this(node, name, State.CONNECTING);
  }

  private Peer(Node node, NodeName name, State state) {
    this.node = node;
    this.name = name;
    this.state = state;
  }

  /// A node that there is no connection with.
  static Peer unreachable(Node node, NodeName name) {
    return new Peer(node, name, State.LOST);
  }

  /// Its name.
  public NodeName name() {
    return name;
  }

  /// Which life of the node; 0 while it is not known.
  public int incarnation() {
    return state == State.CONNECTING ? 0 : incarnation;
  }

  /// Whether it can be reached.
  public boolean isUp() {
    return state == State.UP;
  }

  /// Whether it takes less than what the node itself sends to it.
  boolean isCrowded() {
    return isCrowdedFor(0);
  }

  private boolean isCrowdedFor(long sender) {
    Carrier by = carrier;
    return isUp() && by != null && by.isCrowded(sender);
  }

  boolean isLost() {
    return state == State.LOST;
  }

  // The connection

  /// The connection stands: what waited is sent, and who wants to know is told.
  public void up(int life, Carrier by) {
    node.events().publish(new NodeUp(name, life));
    synchronized (this) {
      Checks.check(state == State.CONNECTING, "%s is %s", name, state);
      incarnation = life;
      carrier = Objects.requireNonNull(by);
      for (Held one = waiting.poll(); one != null; one = waiting.poll()) {
        carryHeld(one, by);
      }
      state = State.UP;
    }
  }

  /// What cannot be sent fails for who has sent it, and for nobody else.
  private void carryHeld(Held one, Carrier by) {
    if (one.incarnation != 0 && one.incarnation != incarnation) {
      undelivered(one, ExitReason.noProcess(), DropReason.OLD_INCARNATION);
      return;
    }
    try {
      if (by.carry(one.signal) == Carrier.Carried.FULL) {
        undelivered(one, ExitReason.overloaded(), DropReason.LINK_FULL);
      }
    } catch (IllegalArgumentException wrong) {
      ExitReason why = new ExitReason.Custom(String.valueOf(wrong.getMessage()));
      undelivered(one, why, DropReason.UNDECODABLE);
    }
  }

  /// The connection is lost, or never stood: whatever was tied to it is told so (NOD-5).
  public void lost(String reason) {
    boolean wasUp;
    synchronized (this) {
      if (state == State.LOST) {
        return;
      }
      wasUp = state == State.UP;
      state = State.LOST;
      for (Held one = waiting.poll(); one != null; one = waiting.poll()) {
        undelivered(one, ExitReason.noConnection(), DropReason.NO_CONNECTION);
      }
    }
    node.peers.end(this);
    linked.forEach(process -> process.signal(new Link.ConnectionLost(this)));
    linked.clear();
    incoming.values().forEach(this::unwatch);
    outgoing.keySet().forEach(this::connectionLost);
    node.abroad.failAll(this, ExitReason.noConnection());
    roomAgain();
    if (wasUp) {
      node.events().publish(new NodeDown(name, incarnation, reason));
    }
  }

  private void unwatch(IncomingMonitor monitor) {
    if (monitorEnds(monitor.id())) {
      monitor.target.signal(new Monitor.Demonitor(monitor));
    }
  }

  private void connectionLost(Long monitor) {
    OwnMonitor own = outgoing.remove(monitor);
    if (own != null) {
      own.fire(ExitReason.noConnection());
    }
  }

  /// There is room for what some of its senders want to send: they go on.
  public void roomAgain() {
    for (int count = paused.size(); count > 0; count--) {
      LocalProcess<?> one = paused.poll();
      if (one == null) {
        return;
      }
      waitForRoom(one);
    }
  }

  /// Looks for room only after it is in the queue, because whoever makes room looks into the queue
  /// after that.
  private void waitForRoom(LocalProcess<?> sender) {
    paused.add(sender);
    if (!isCrowdedFor(sender.serial) && paused.remove(sender)) {
      sender.signal(new Control.Errand(LocalProcess::goOn));
    }
  }

  // From here to there

  /// Sends a message as the process that runs on this thread, if any. A process that sends more
  /// than the connection takes gets no further message until there is room (SIG-9).
  void send(int life, NodeSignal.Target to, Object message) {
    Objects.requireNonNull(message);
    carryAs(life, (from, trace) -> new NodeSignal.Message(from, to, message, trace));
  }

  /// As [#send], to all members that a group has there.
  void broadcast(int life, String scope, String group, Object message) {
    Objects.requireNonNull(message);
    carryAs(life, (from, trace) -> new NodeSignal.Broadcast(from, scope, group, message, trace));
  }

  /// What is sent, once it is known by whom.
  private interface Sending {
    NodeSignal by(long from, @Nullable TraceContext trace);
  }

  private void carryAs(int life, Sending sending) {
    LocalProcess<?> sender = Running.process();
    if (sender == null) {
      carry(life, sending.by(0, null));
      return;
    }
    boolean outer = sender.enter();
    try {
      carry(life, sending.by(sender.serial, sender.trace));
    } finally {
      sender.leave(outer);
    }
  }

  /// Sends a signal, and deals with it if that is not possible.
  ///
  /// @param life the life of the node that it is meant for; 0 is any
  void carry(int life, NodeSignal signal) {
    if (!(signal instanceof NodeSignal.Message)) {
      StackProbe.probe(); // who has written down that it was sent must not fail to send it
    }
    if (state != State.UP) {
      carryLater(life, signal);
      return;
    }
    Carrier by = carrier;
    if (life != 0 && life != incarnation) {
      undelivered(new Held(life, signal), ExitReason.noProcess(), DropReason.OLD_INCARNATION);
    } else if (by != null) {
      switch (by.carry(signal)) {
        case SENT -> {}
        case CROWDED -> {
          StackProbe.probe();
          pause();
        }
        case FULL ->
            undelivered(new Held(life, signal), ExitReason.overloaded(), DropReason.LINK_FULL);
      }
    }
  }

  private void carryLater(int life, NodeSignal signal) {
    StackProbe.probe();
    Held held = new Held(life, signal);
    synchronized (this) {
      if (state == State.CONNECTING && waiting.size() < WAITING_MAX) {
        waiting.add(held);
        return;
      }
    }
    switch (state) {
      case UP -> carry(life, signal);
      case CONNECTING -> undelivered(held, ExitReason.overloaded(), DropReason.LINK_FULL);
      case LOST -> undelivered(held, ExitReason.noConnection(), DropReason.NO_CONNECTION);
    }
  }

  /// The process that runs on this thread, if any, gets no further message until there is room. A
  /// body, which may never ask for one, waits here.
  private void pause() {
    LocalProcess<?> sender = Running.process();
    if (sender != null && sender.awaitRoom()) {
      waitForRoom(sender);
      if (sender instanceof BodyProcess<?>) {
        Waiting.whilePaused(sender);
      }
    }
  }

  /// A signal that the other node never gets: who counts on it is told.
  private void undelivered(Held held, ExitReason why, DropReason drop) {
    switch (held.signal) {
      case NodeSignal.Message _, NodeSignal.Broadcast _ -> node.drops().count(drop);
      case NodeSignal.Request(var _, var _, long id, var _, var _) -> fail(id, why, drop);
      case NodeSignal.Spawn(var _, long id, var _, var _, var _) -> fail(id, why, drop);
      case NodeSignal.Reply _, NodeSignal.Failure _ -> node.drops().count(drop);
      case NodeSignal.Monitor(var _, var _, long id) -> {
        OwnMonitor own = outgoing.remove(id);
        if (own != null) {
          own.fire(why);
        }
      }
      case NodeSignal.Link(long from, long to) ->
          linkFails(from, new Pid(name, to, held.incarnation), why);
      case NodeSignal.Spawned _,
          NodeSignal.Unlink _,
          NodeSignal.Unlinked _,
          NodeSignal.LinkExit _,
          NodeSignal.Exit _,
          NodeSignal.Demonitor _,
          NodeSignal.Down _ -> {
        // whoever would have heard it is told of the connection's loss instead
      }
    }
  }

  private void fail(long id, ExitReason why, DropReason drop) {
    node.drops().count(drop);
    Ask<?> ask = node.abroad.close(id);
    if (ask != null) {
      ask.refuse(why);
    }
  }

  private void linkFails(long from, Pid to, ExitReason why) {
    LocalProcess<?> process = node.table().find(from);
    if (process != null) {
      process.signal(new Link.Lost(new RemoteProcess<>(node, to), this, why));
    }
  }

  /// A process here has, or may have, links with processes there.
  void ties(LocalProcess<?> process) {
    process.extras().tied = true;
    linked.add(process);
  }

  /// A process here has ended.
  void unties(LocalProcess<?> process) {
    linked.remove(process);
  }

  /// How many processes here have, or may have, links with processes there.
  int tied() {
    return linked.size();
  }

  /// Watches a process there, or who holds a name there.
  OwnMonitor monitor(
      LocalProcess<?> owner, Route.Far to, Pid subject, Function<? super Down, ?> as) {
    long id = node.abroad.nextId();
    OwnMonitor monitor = new OwnMonitor.Outgoing(owner, this, id, subject, as);
    outgoing.put(id, monitor);
    carry(to.incarnation(), new NodeSignal.Monitor(owner.serial, to.to(), id));
    return monitor;
  }

  void demonitor(long from, long id) {
    if (outgoing.remove(id) != null) {
      carry(0, new NodeSignal.Demonitor(from, id));
    }
  }

  /// Whether a monitor from there is still to be told, and is so only once.
  boolean monitorEnds(long id) {
    return incoming.remove(id) != null;
  }

  // From there to here

  /// A signal has come.
  ///
  /// @throws IllegalArgumentException for a broadcast, which is not for one process
  public void receive(NodeSignal signal) {
    if (isLost()) {
      return;
    }
    switch (signal) {
      case NodeSignal.Message(var _, var to, Object value, TraceContext trace) ->
          Arrivals.message(this, to, (Letter) value, trace);
      case NodeSignal.Request(var _, var to, long id, Object value, TraceContext trace) ->
          Arrivals.request(this, to, id, (Letter) value, trace);
      case NodeSignal.Reply(var _, long id, Object value) -> answered(id, value);
      case NodeSignal.Failure(var _, long id, ExitReason reason) -> failed(id, reason);
      case NodeSignal.Spawn spawn -> Arrivals.spawn(this, spawn);
      case NodeSignal.Spawned(long from, long id) -> spawned(process(from), id);
      case NodeSignal.Link(long from, long to) -> linkRequested(from, to);
      case NodeSignal.Unlink(long from, long to, long id) ->
          local(to).signal(new Link.Unlink(process(from), id));
      case NodeSignal.Unlinked(long from, long to, long id) ->
          local(to).signal(new Link.Unlinked(process(from), id));
      case NodeSignal.LinkExit(long from, long to, ExitReason reason) ->
          local(to).signal(new Link.Lost(process(from), this, reason));
      case NodeSignal.Exit(long from, long to, ExitReason reason) ->
          local(to).requestExit(process(from).pid(), reason);
      case NodeSignal.Monitor(var _, var to, long id) -> Arrivals.monitor(this, to, id);
      case NodeSignal.Demonitor(var _, long id) -> {
        IncomingMonitor monitor = incoming.get(id);
        if (monitor != null) {
          unwatch(monitor);
        }
      }
      case NodeSignal.Down(long from, long id, ExitReason reason) -> down(from, id, reason);
      case NodeSignal.Broadcast _ ->
          throw new IllegalArgumentException("a broadcast is for a scope");
    }
  }

  /// A signal has come that is not let through: whoever waits for what becomes of it is told why.
  public void refuse(NodeSignal signal, ExitReason why) {
    switch (signal) {
      case NodeSignal.Request(var _, var _, long id, var _, var _) ->
          carry(0, new NodeSignal.Failure(0, id, why));
      case NodeSignal.Spawn(var _, long id, var _, var _, var _) ->
          carry(0, new NodeSignal.Failure(0, id, why));
      case NodeSignal.Link(long from, long to) -> carry(0, new NodeSignal.LinkExit(to, from, why));
      case NodeSignal.Monitor(var _, var _, long id) -> carry(0, new NodeSignal.Down(0, id, why));
      case NodeSignal.Message _,
          NodeSignal.Broadcast _,
          NodeSignal.Reply _,
          NodeSignal.Failure _,
          NodeSignal.Spawned _,
          NodeSignal.Unlink _,
          NodeSignal.Unlinked _,
          NodeSignal.LinkExit _,
          NodeSignal.Exit _,
          NodeSignal.Demonitor _,
          NodeSignal.Down _ -> {
        // nobody waits
      }
    }
  }

  private void linkRequested(long from, long to) {
    LocalProcess<?> process = local(to);
    ties(process);
    process.signal(new Link.Request(process(from), this));
  }

  @SuppressWarnings("unchecked") // what is wrong with the reply, its asker finds out
  private void answered(long id, Object reply) {
    Ask<Object> ask = (Ask<Object>) node.abroad.close(id);
    if (ask == null) {
      node.drops().count(DropReason.LATE_ANSWER);
    } else {
      ask.answer(reply);
    }
  }

  /// A linked child that nobody waits for any more is told so (SPN-5).
  private void spawned(RemoteProcess<?> child, long id) {
    Ask<?> ask = node.abroad.find(id);
    if (ask != null && ask.asker != null && ask.request instanceof SpawnOrder<?> order) {
      if (order.linked() && !ask.isOpen()) {
        carry(
            0,
            new NodeSignal.LinkExit(ask.asker.serial, child.pid().serial(), SpawnOrder.ABANDONED));
      } else if (order.linked()) {
        ties(ask.asker);
        ask.asker.signal(new Link.Request(child, this));
      }
    }
    answered(id, child);
  }

  private void failed(long id, ExitReason reason) {
    Ask<?> ask = node.abroad.close(id);
    if (ask != null) {
      ask.refuse(reason);
    }
  }

  private void down(long from, long id, ExitReason reason) {
    OwnMonitor monitor = outgoing.remove(id);
    if (monitor != null) {
      if (from == 0) {
        monitor.fire(reason);
      } else {
        monitor.fire(process(from).pid(), reason);
      }
    }
  }

  /// A monitor from there is set up here.
  void watch(IncomingMonitor monitor) {
    incoming.put(monitor.id(), monitor);
    monitor.target.signal(monitor);
  }

  /// The process there with this serial.
  RemoteProcess<?> process(long serial) {
    return new RemoteProcess<>(node, new Pid(name, serial, incarnation));
  }

  /// The process here with this serial, alive or not.
  private LocalProcess<?> local(long serial) {
    LocalProcess<?> process = node.table().find(serial);
    return process != null
        ? process
        : new Tombstone(node, new Pid(node.name(), serial, node.incarnation()));
  }

  @Override
  public String toString() {
    return name + " (" + state + ")";
  }
}
