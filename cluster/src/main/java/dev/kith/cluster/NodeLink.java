package dev.kith.cluster;

import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSignal;
import dev.kith.process.Peer;
import dev.kith.wire.Loop;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Conversation;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.FrameReader;
import dev.kith.wire.node.FrameWriter;
import dev.kith.wire.node.Handshake;
import dev.kith.wire.node.Hello;
import dev.kith.wire.node.Introduction;
import dev.kith.wire.node.Outbound;
import dev.kith.wire.node.Payloads;
import dev.kith.wire.node.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/*
 * One connection, from its first byte to its last, on the loop of its stream:
 *
 *   MEETING ── both proofs are right ──► (AGREED ──►) (RISING ──►) UP ──► CLOSED
 *      └────── refused, too slow ──────────┴────────────────────────────────┘
 *
 * It is AGREED when this side has shown the last proof and the other decides whether this connection stands
 * (Roster): its first frame says so, and it sends one at once.
 *
 * While it is RISING, the earlier life's connection is brought to its end on its own loop, which may be another,
 * and what comes meanwhile waits: so that life's loss is told before this one's rise (NOD-2).
 *
 * Silence. A timer ticks at every interval: it sends a heartbeat past the lanes, and counts intervals in which
 * nothing at all has come. It counts ticks and not time, so that a node that was itself stopped for a while
 * first reads what has come meanwhile.
 */
/// The connection with another node.
///
/// **Threading.** Belongs to the loop of its stream, but for [#isQuiet] and [#post].
final class NodeLink implements ByteStreamListener, Conversation.Listener {
  private static final System.Logger LOG = System.getLogger("dev.kith.cluster");

  /// A hello, a proof or a refusal from who has not proved anything is no longer.
  private static final int STRANGERS_BODY_MAX = 8 << 10;

  private final Mesh mesh;
  private final Handshake.Side side;
  private final ByteStream stream;

  /// The address that was dialed; empty if the other side has.
  private final String dialed;

  private final Loop loop;
  private final Handshake handshake;
  private final FrameReader reader = new FrameReader();
  private final FrameWriter writer;
  private final FanOuts fanOuts;

  private State state = State.MEETING;

  /// Who it is, once that is known.
  private @Nullable Hello hello;

  /// What both sides have said and proved, once it is for the other to decide.
  private Handshake.Step.@Nullable Done agreed;

  private @Nullable Conversation conversation;

  private @Nullable Peer peer;
  private @Nullable Departures departures;

  private Clock.@Nullable Alarm alarm;

  /// Intervals in which nothing has come, and whether it is more than one. Others read whether.
  private int silent;

  private volatile boolean quiet;

  /// Whether it counts as one that has connected with this node and has proved nothing.
  private boolean stranger;

  /// Looks at its signals; null if it may do everything.
  private @Nullable Sentry sentry;

  /// Whether it was refused because there is another connection, or it was with this node itself.
  private boolean superfluous;

  /// What has come while an earlier life of the other node was being brought to its end.
  private final Queue<Frame> early = new ArrayDeque<>();

  private enum State {
    MEETING,
    AGREED,
    RISING,
    UP,
    CLOSED
  }

  NodeLink(Mesh mesh, Handshake.Side side, ByteStream stream, String dialed) {
    this.dialed = dialed;
    this.mesh = mesh;
    this.side = side;
    this.stranger = side == Handshake.Side.ACCEPTOR;
    this.stream = stream;
    this.loop = stream.loop();
    this.writer = new FrameWriter(compressFrom(mesh, stream));
    this.fanOuts = new FanOuts(stream, mesh.spec().limits().crowded(), this::pass);
    this.handshake = new Handshake(side, mesh.hello(), mesh.spec().secret().bytes(), this::admit);
  }

  private static int compressFrom(Mesh mesh, ByteStream stream) {
    int from = mesh.spec().limits().compressFrom();
    return from == 0 || stream.isWithinMachine() ? Integer.MAX_VALUE : from;
  }

  // Meeting

  /// Begins the handshake.
  void begin() {
    reader.limit(STRANGERS_BODY_MAX);
    send(handshake.begin());
    alarm = mesh.after(mesh.spec().heartbeat().bound(), loop, this::meetingTooSlow);
  }

  private Optional<Refusal> admit(Hello other) {
    hello = other;
    return mesh.objection(other, stream);
  }

  private void meetingTooSlow() {
    if (state == State.MEETING || state == State.AGREED) {
      refused(handshake.refuse(Refusal.TOO_SLOW, "no answer from " + stream.remote()));
    }
  }

  private void meet(Frame frame) {
    switch (handshake.receive(frame)) {
      case Handshake.Step.Go(var frames) -> send(frames);
      case Handshake.Step.Refused refused -> refused(refused);
      case Handshake.Step.Done done -> proved(done);
    }
  }

  private void refused(Handshake.Step.Refused refused) {
    send(refused.frames());
    Refusal why = refused.why();
    Optional<NodeName> name = Optional.ofNullable(hello).map(Hello::node);
    String words = refused.words();
    if (refused.frames().isEmpty()) {
      mesh.refusals().tell(why, stream.remote(), name, words);
    } else {
      mesh.refusals().add(why, stream.remote(), name, words);
    }
    superfluous = why == Refusal.DUPLICATE || why == Refusal.SAME_NAME;
    end(why.words());
    stream.close();
  }

  /// The last proof was right.
  private void proved(Handshake.Step.Done done) {
    strangerNoMore();
    reader.limit(Frame.BODY_MAX);
    boolean decides = mesh.roster().decides(done.peer().node());
    if (side == Handshake.Side.INITIATOR) {
      stand(done, decides ? List.of(Conversation.accord()) : List.of());
    } else if (decides) {
      stand(done, done.frames());
    } else {
      agree(done);
    }
  }

  /// It has proved itself, or has gone.
  private void strangerNoMore() {
    if (stranger) {
      stranger = false;
      mesh.strangerNoMore();
    }
  }

  /// Shows the last proof; the other side decides what becomes of it.
  private void agree(Handshake.Step.Done done) {
    Optional<Refusal> objection = mesh.roster().objection(done.peer());
    if (objection.isPresent()) {
      refused(handshake.refuse(objection.get(), mesh.node() + " and " + done.peer()));
    } else {
      state = State.AGREED;
      agreed = done;
      send(done.frames());
    }
  }

  /// The first frame behind the last proof: the other side has decided.
  private void decided(Frame frame) {
    Handshake.Step.Done done = agreed;
    if (frame.kind() == Frame.Kind.REFUSAL) {
      meet(frame);
    } else if (done != null) {
      stand(done, List.of());
      received(frame);
    }
  }

  /// Both sides want this connection, as far as this one can tell.
  ///
  /// @param word what tells the other side
  private void stand(Handshake.Step.Done done, List<Frame> word) {
    Hello other = done.peer();
    List<NodeLink> earlier = new ArrayList<>();
    Optional<Refusal> objection = mesh.roster().establish(other, this, earlier);
    if (objection.isPresent()) {
      refused(handshake.refuse(objection.get(), mesh.node() + " and " + other));
      return;
    }
    cancelAlarm();
    send(word);
    if (earlier.isEmpty()) {
      up(other, done.sameTypes());
    } else {
      NodeLink old = earlier.getFirst();
      state = State.RISING;
      stream.suspend();
      old.loop.execute(() -> {
        old.close("a later life of the node is here");
        loop.execute(() -> riseAfter(other, done.sameTypes()));
      });
    }
  }

  /// The earlier life's loss was told.
  private void riseAfter(Hello other, boolean sameTypes) {
    if (state == State.RISING) {
      up(other, sameTypes);
      for (Frame next = early.poll(); next != null; next = early.poll()) {
        received(next);
      }
      stream.resume();
    }
  }

  private void up(Hello other, boolean sameTypes) {
    if (!sameTypes) {
      for (byte[] body : Conversation.describe(mesh.types())) {
        stream.write(writer.frame(Frame.Kind.TYPES, body));
      }
    }
    conversation =
        new Conversation(
            mesh.types(), mesh.codec(), sameTypes, mesh.spec().limits().signal(), this);
    int signalMax = Math.min(mesh.spec().limits().signal(), other.signalMax());
    Codec codec = sameTypes ? mesh.codec() : mesh.codec().tolerant();
    Payloads payloads = Payloads.alike(mesh.types(), codec, this::undecodable);
    state = State.UP;
    Peer mine = mesh.peerOf(other.node());
    peer = mine;
    sentry = mesh.sentry(mine);
    LOG.log(
        System.Logger.Level.INFO,
        () -> "node %s is connected with %s".formatted(mesh.node(), other.node()));
    departures =
        new Departures(stream, writer, payloads, mesh.spec().limits(), signalMax, mine::roomAgain);
    mine.up(other.incarnation(), departures);
    introduce(mesh.roster().introductions(other.node()));
    mesh.connected(other);
    tickLater();
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
    if (quiet) {
      quiet = false;
    }
    String wrong = reader.read(bytes, this::received);
    if (!wrong.isEmpty()) {
      malformed(wrong);
    }
  }

  private void received(Frame frame) {
    switch (state) {
      case MEETING -> meet(frame);
      case AGREED -> decided(frame);
      case RISING -> early.add(frame);
      case UP -> talk(frame);
      case CLOSED -> {}
    }
  }

  private void talk(Frame frame) {
    Conversation talk = conversation;
    if (frame.kind() == Frame.Kind.REFUSAL) {
      meet(frame); // it has changed its mind, because it stops
    } else if (talk != null) {
      String wrong = talk.receive(frame);
      if (!wrong.isEmpty()) {
        malformed(wrong);
      }
    }
  }

  private void malformed(String wrong) {
    switch (state) {
      case MEETING, AGREED -> refused(handshake.refuse(Refusal.NO_HANDSHAKE, wrong));
      case RISING, UP -> {
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
    Sentry by = sentry;
    if (by == null || by.passes(signal)) {
      pass(signal);
    }
  }

  private void pass(NodeSignal signal) {
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

  @Override
  public void writable() {
    Departures out = departures;
    if (out != null) {
      out.drain();
    }
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
    quiet = silent > 1;
    Hello other = hello;
    long digest = other == null ? 0 : mesh.scopes().digest(other.node());
    stream.write(writer.frame(Frame.Kind.HEARTBEAT, Conversation.heartbeat(digest)));
    tickLater();
  }

  /// Whether nothing has come for an interval or more. Any thread.
  boolean isQuiet() {
    return quiet;
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
    strangerNoMore();
    cancelAlarm();
    if (departures != null) {
      departures.finish();
    }
    fanOuts.finish();
    conversation = null;
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
    mesh.ended(dialed, wasUp && other != null ? other.node() : null, superfluous, why);
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
