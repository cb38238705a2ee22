package dev.kith.cluster;

import dev.kith.process.Carrier;
import dev.kith.process.Clock;
import dev.kith.process.NodeSignal;
import dev.kith.process.Peer;
import dev.kith.wire.Loop;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Conversation;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.FrameReader;
import dev.kith.wire.node.FrameWriter;
import dev.kith.wire.node.Handshake;
import dev.kith.wire.node.Hello;
import dev.kith.wire.node.Introduction;
import dev.kith.wire.node.Outbound;
import dev.kith.wire.node.Output;
import dev.kith.wire.node.Payloads;
import dev.kith.wire.node.Refusal;
import dev.kith.wire.node.SignalWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/*
 * One connection, from its first byte to its last, on the loop of its stream:
 *
 *   MEETING ── both proofs are right ──► UP ──► CLOSED
 *      └────── refused, too slow ───────────────┘
 *
 * Sending. A sender encodes on its own thread, appends to its lane, and posts a task to the loop unless one
 * is posted already; the loop takes frames lane by lane as long as the stream is writable. A burst of signals
 * thus shares a frame, a write and a flush, and one signal alone waits for nobody.
 *
 * Silence. A timer ticks at every interval: it sends a heartbeat past the lanes, and counts intervals in which
 * nothing at all has come. It counts ticks and not time, so that a node that was itself stopped for a while
 * first reads what has come meanwhile.
 */
/// The connection with another node.
///
/// **Threading.** Belongs to the loop of its stream, but for [#carry] and [#isCrowded].
final class NodeLink implements ByteStreamListener, Carrier, Conversation.Listener {
  private static final System.Logger LOG = System.getLogger("dev.kith.cluster");

  /// One for each thread that sends; kept small by [Output#clear].
  private static final ThreadLocal<Output> SCRATCH = ThreadLocal.withInitial(Output::new);

  private final Mesh mesh;
  private final Handshake.Side side;
  private final ByteStream stream;

  /// The address that was dialed; empty if the other side has.
  private final String dialed;

  private final Loop loop;
  private final Handshake handshake;
  private final FrameReader reader = new FrameReader();
  private final FrameWriter writer;
  private final Outbound outbound = new Outbound();
  private final FanOuts fanOuts;

  /// Whether a task that sends is posted. Set by who posts it, cleared by the task.
  private final AtomicBoolean sending = new AtomicBoolean();

  private final Runnable draining = this::drain;

  private State state = State.MEETING;

  /// Who it is, once that is known.
  private @Nullable Hello hello;

  private @Nullable Conversation conversation;

  /// How messages are written; set before the peer is up.
  private volatile @Nullable Payloads payloads;

  /// Written by the loop, read by that of a later life's connection.
  private volatile @Nullable Peer peer;

  private Clock.@Nullable Alarm alarm;

  /// Intervals in which nothing has come.
  private int silent;

  /// Lanes whose senders were told to pause. Written by senders and the loop.
  private final AtomicIntegerArray crowded = new AtomicIntegerArray(Frame.LANES);

  private boolean courting;

  private enum State {
    MEETING,
    UP,
    CLOSED
  }

  NodeLink(Mesh mesh, Handshake.Side side, ByteStream stream, String dialed) {
    this.dialed = dialed;
    this.mesh = mesh;
    this.side = side;
    this.stream = stream;
    this.loop = stream.loop();
    this.writer = new FrameWriter(compressFrom(mesh, stream));
    this.fanOuts = new FanOuts(stream, mesh.spec().limits().crowded(), this::signal);
    this.handshake = new Handshake(side, mesh.hello(), mesh.spec().secret().bytes(), this::admit);
  }

  private static int compressFrom(Mesh mesh, ByteStream stream) {
    int from = mesh.spec().limits().compressFrom();
    return from == 0 || stream.isWithinMachine() ? Integer.MAX_VALUE : from;
  }

  // Meeting

  /// Begins the handshake.
  void begin() {
    send(handshake.begin());
    alarm = mesh.after(mesh.spec().heartbeat().bound(), loop, this::meetingTooSlow);
  }

  private Optional<Refusal> admit(Hello other) {
    hello = other;
    Optional<Refusal> objection = mesh.roster().admit(side, other);
    courting = objection.isEmpty() && side == Handshake.Side.INITIATOR;
    return objection;
  }

  private void meetingTooSlow() {
    if (state == State.MEETING) {
      refused(handshake.refuse(Refusal.TOO_SLOW, "no answer from " + stream.remote()));
    }
  }

  private void meet(Frame frame) {
    switch (handshake.receive(frame)) {
      case Handshake.Step.Go(var frames) -> send(frames);
      case Handshake.Step.Refused refused -> refused(refused);
      case Handshake.Step.Done done -> met(done);
    }
  }

  private void refused(Handshake.Step.Refused refused) {
    send(refused.frames());
    boolean expected = refused.why() == Refusal.DUPLICATE || refused.why() == Refusal.STOPPING;
    LOG.log(
        expected ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
        () ->
            "node %s and %s do not connect: %s (%s)"
                .formatted(mesh.node(), stream.remote(), refused.why().words(), refused.words()));
    end(refused.why().words());
    stream.close();
  }

  private void met(Handshake.Step.Done done) {
    Hello other = done.peer();
    List<NodeLink> earlier = new ArrayList<>();
    var objection = mesh.roster().establish(side, other, this, earlier);
    uncourt();
    if (objection.isPresent()) {
      refused(handshake.refuse(objection.get(), mesh.node() + " and " + other));
      return;
    }
    for (NodeLink old : earlier) {
      old.loop.execute(() -> old.close("a later life of the node is here"));
    }
    cancelAlarm();
    send(done.frames());
    up(other, done.sameTypes(), earlier);
  }

  /// The earlier life's loss is told before this one's rise: its connection ends on its own loop,
  /// which may be another.
  private void up(Hello other, boolean sameTypes, List<NodeLink> earlier) {
    NodeLink before = earlier.isEmpty() ? null : earlier.getFirst();
    Peer old = before == null ? null : before.peer;
    if (old != null) {
      old.lost("a later life of the node is here");
    }
    if (!sameTypes) {
      for (byte[] body : Conversation.describe(mesh.types())) {
        stream.write(writer.frame(Frame.Kind.TYPES, body));
      }
    }
    conversation =
        new Conversation(
            mesh.types(), mesh.codec(), sameTypes, mesh.spec().limits().signal(), this);
    payloads =
        sameTypes
            ? Payloads.alike(mesh.types(), mesh.codec(), this::undecodable)
            : Payloads.alike(mesh.types(), mesh.codec().tolerant(), this::undecodable);
    state = State.UP;
    Peer mine = mesh.peerOf(other.node());
    peer = mine;
    LOG.log(
        System.Logger.Level.INFO,
        () -> "node %s is connected with %s".formatted(mesh.node(), other.node()));
    mine.up(other.incarnation(), this);
    introduce(mesh.roster().introductions(other.node()));
    mesh.connected(other);
    tickLater();
  }

  private void uncourt() {
    Hello other = hello;
    if (courting && other != null) {
      courting = false;
      mesh.roster().courtedNoMore(other.node());
    }
  }

  private void send(List<Frame> frames) {
    for (Frame frame : frames) {
      stream.write(writer.frame(frame));
    }
  }

  /// Tells the other node of these.
  void introduce(List<Introduction> others) {
    if (state == State.UP) {
      for (byte[] body : Introduction.encode(others)) {
        stream.write(writer.frame(Frame.Kind.INTRODUCTION, body));
      }
    }
  }

  /// Runs on this connection's loop.
  void post(Runnable task) {
    loop.execute(task);
  }

  // Reading

  @Override
  public void received(ByteBuffer bytes) {
    silent = 0;
    String wrong = reader.read(bytes, this::received);
    if (!wrong.isEmpty()) {
      malformed(wrong);
    }
  }

  private void received(Frame frame) {
    switch (state) {
      case MEETING -> meet(frame);
      case UP -> {
        Conversation talk = conversation;
        String wrong = talk == null ? "" : talk.receive(frame);
        if (!wrong.isEmpty()) {
          malformed(wrong);
        }
      }
      case CLOSED -> {}
    }
  }

  private void malformed(String wrong) {
    switch (state) {
      case MEETING -> refused(handshake.refuse(Refusal.NO_HANDSHAKE, wrong));
      case UP -> {
        LOG.log(
            System.Logger.Level.WARNING,
            () ->
                "node %s ends its connection with %s: %s"
                    .formatted(mesh.node(), stream.remote(), wrong));
        close("malformed: " + wrong);
      }
      case CLOSED -> {}
    }
  }

  @Override
  public void signal(NodeSignal signal) {
    Peer of = peer;
    int lane = Outbound.laneOf(signal.from());
    if (fanOuts.holds(lane)) {
      fanOuts.hold(lane, signal);
    } else if (signal instanceof NodeSignal.Broadcast broadcast) {
      fanOuts.begin(lane, mesh.scopes().receive(broadcast));
    } else if (of != null) {
      of.receive(signal);
    }
  }

  @Override
  public void heartbeat(long digest) {
    Hello other = hello;
    if (other != null) {
      mesh.scopes().compare(other.node(), other.incarnation(), digest);
    }
  }

  @Override
  public void introduced(List<Introduction> others) {
    mesh.introduced(others);
  }

  @Override
  public void farewell() {
    Hello other = hello;
    if (other != null) {
      mesh.leaves(other);
    }
    close("the node has left");
  }

  @Override
  public void undecodable(String words) {
    LOG.log(
        System.Logger.Level.WARNING,
        () -> "node %s dropped what it could not decode: %s".formatted(mesh.node(), words));
  }

  // Sending

  @Override
  public Carried carry(NodeSignal signal) {
    LinkLimits limits = mesh.spec().limits();
    int lane = Outbound.laneOf(signal.from());
    if (outbound.bytes(lane) >= limits.full() && mayBeDropped(signal)) {
      return Carried.FULL;
    }
    Payloads by = payloads;
    if (by == null) {
      throw new IllegalStateException("nothing is carried before the handshake is over");
    }
    long waiting = append(lane, signal, by);
    if (!sending.get() && sending.compareAndSet(false, true)) {
      postDrain();
    }
    if (waiting < limits.crowded()) {
      return Carried.SENT;
    }
    crowded.set(lane, 1);
    return Carried.CROWDED;
  }

  /// If whoever sends has no stack left for this, the next one does it.
  private void postDrain() {
    boolean posted = false;
    try {
      loop.execute(draining);
      posted = true;
    } finally {
      if (!posted) {
        sending.set(false);
      }
    }
  }

  private static boolean mayBeDropped(NodeSignal signal) {
    return signal instanceof NodeSignal.Message
        || signal instanceof NodeSignal.Request
        || signal instanceof NodeSignal.Spawn
        || signal instanceof NodeSignal.Broadcast;
  }

  private long append(int lane, NodeSignal signal, Payloads by) {
    Output out = SCRATCH.get();
    Outbound.begin(out);
    SignalWriter.write(signal, by, out);
    int most = mesh.spec().limits().signal();
    if (out.size() > most) {
      throw new IllegalArgumentException(
          "a signal of %d bytes, of %d allowed".formatted(out.size(), most));
    }
    return outbound.append(lane, out);
  }

  @Override
  public boolean isCrowded(long from) {
    return isCrowded(Outbound.laneOf(from));
  }

  private boolean isCrowded(int lane) {
    return outbound.bytes(lane) >= mesh.spec().limits().crowded() / 2;
  }

  private void drain() {
    sending.set(false);
    if (state != State.UP) {
      return;
    }
    while (stream.isWritable()) {
      ByteBuffer frame = outbound.poll(writer);
      if (frame == null) {
        break;
      }
      stream.write(frame);
    }
    boolean room = false;
    for (int lane = 0; lane < Frame.LANES; lane++) {
      if (crowded.get(lane) != 0 && crowded.getAndSet(lane, 0) != 0) {
        if (isCrowded(lane)) {
          crowded.set(lane, 1);
        } else {
          room = true;
        }
      }
    }
    Peer of = peer;
    if (room && of != null) {
      of.roomAgain();
    }
  }

  @Override
  public void writable() {
    drain();
  }

  // Signs of life

  private void tickLater() {
    alarm = mesh.after(mesh.spec().heartbeat().interval(), loop, this::tick);
  }

  private void tick() {
    if (state != State.UP) {
      return;
    }
    if (!fanOuts.areCrowded() && silent++ >= mesh.spec().heartbeat().missed()) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "node %s has heard nothing from %s".formatted(mesh.node(), stream.remote()));
      close("no sign of life");
      return;
    }
    Hello other = hello;
    long digest = other == null ? 0 : mesh.scopes().digest(other.node());
    stream.write(writer.frame(Frame.Kind.HEARTBEAT, Conversation.heartbeat(digest)));
    tickLater();
  }

  // The end

  /// Leaves in good order.
  void leave() {
    if (state == State.UP) {
      stream.write(writer.frame(Frame.Kind.GOODBYE, new byte[0]));
    }
    close("this node leaves");
  }

  private void close(String why) {
    end(why);
    stream.close();
  }

  @Override
  public void closed(String why) {
    end(why);
  }

  private void end(String why) {
    if (state == State.CLOSED) {
      return;
    }
    boolean wasUp = state == State.UP;
    state = State.CLOSED;
    uncourt();
    cancelAlarm();
    outbound.clear();
    fanOuts.finish();
    Hello other = hello;
    Peer of = peer;
    if (wasUp && of != null && other != null) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "node %s has lost %s: %s".formatted(mesh.node(), other.node(), why));
      of.lost(why);
    }
    if (other != null) {
      mesh.roster().remove(other, this);
    }
    mesh.ended(dialed, other, wasUp, why);
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  public String toString() {
    return "link with " + (hello == null ? stream.remote() : hello.node());
  }
}
