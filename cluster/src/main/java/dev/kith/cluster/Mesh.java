package dev.kith.cluster;

import dev.kith.observe.DropReason;
import dev.kith.process.Clock;
import dev.kith.process.Entropy;
import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Peer;
import dev.kith.wire.Loop;
import dev.kith.wire.node.Bits256;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Handshake.Side;
import dev.kith.wire.node.Hello;
import dev.kith.wire.node.Introduction;
import dev.kith.wire.node.Refusal;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all links of a node share, and what they tell the rest of it.
///
/// **Threading.** Any thread.
final class Mesh implements Transport.Porter {
  private final Node node;
  private final ClusterSpec spec;
  private final Transport transport;
  private final Types types;
  private final Codec codec;
  private final Roster roster;
  private final SharedScopes scopes;
  private final Refusals refusals;
  private final Porch porch;

  /// Connections that wait for their handshake, by the node they are meant for. Guarded by itself.
  private final Map<NodeName, Peer> awaited = new HashMap<>();

  /// Where this node is reached, first as others are told; empty until it listens.
  private volatile List<String> addresses = List.of();

  Mesh(Node node, ClusterSpec spec, Transport transport) {
    this.node = node;
    this.spec = spec;
    this.transport = transport;
    this.types = spec.types().and(Replication.Told.class, Post.Told.class);
    this.codec = spec.codec().apply(types, node);
    this.roster = new Roster(node.name());
    this.scopes = new SharedScopes(node);
    this.refusals = new Refusals(node);
    this.porch = new Porch(spec.limits(), node.clock().nanos());
  }

  Node node() {
    return node;
  }

  ClusterSpec spec() {
    return spec;
  }

  /// The messages that may pass, those of the cluster itself included.
  Types types() {
    return types;
  }

  Codec codec() {
    return codec;
  }

  Roster roster() {
    return roster;
  }

  SharedScopes scopes() {
    return scopes;
  }

  Refusals refusals() {
    return refusals;
  }

  /// This node listens, and can be reached.
  ///
  /// @param at where, first as others are told
  void listens(List<String> at) {
    addresses = at;
    tell(new Dialer.Begin());
  }

  /// Where this node is reached; nowhere before it listens.
  List<String> addresses() {
    return addresses;
  }

  /// What this node says of itself, with a nonce of its own each time.
  Hello hello() {
    Entropy chance = node.entropy();
    Bits256 nonce =
        new Bits256(
            chance.secretBits(), chance.secretBits(), chance.secretBits(), chance.secretBits());
    return new Hello(
        Hello.VERSION,
        Hello.VERSION,
        0,
        node.name(),
        node.incarnation(),
        addresses.getFirst(),
        codec.name(),
        types.hash(),
        (int) spec.heartbeat().interval().toMillis(),
        spec.heartbeat().missed(),
        spec.limits().signal(),
        nonce);
  }

  /// Runs a task on a loop, after some time.
  Clock.Alarm after(Duration time, Loop loop, Runnable task) {
    Clock clock = node.clock();
    return clock.schedule(clock.nanos() + time.toNanos(), () -> loop.execute(task));
  }

  // Streams

  @Override
  public boolean knocks(String remote) {
    boolean mayEnter = porch.enter(node.clock().nanos());
    if (!mayEnter) {
      refusals.add(Refusal.CROWDED, remote, Optional.empty(), "it was closed at once");
    }
    return mayEnter;
  }

  @Override
  public void gone(String remote, String why) {
    porch.leave();
    refusals.add(Refusal.NO_HANDSHAKE, remote, Optional.empty(), why);
  }

  /// Somebody has connected with this node. Who is too early, when it does not yet know where it
  /// listens, tries again.
  @Override
  public ByteStreamListener opened(ByteStream stream) {
    if (addresses.isEmpty()) {
      porch.leave();
      stream.close();
      return ByteStreamListener.deaf();
    }
    return opened(Side.ACCEPTOR, stream, "");
  }

  /// Somebody who has come has proved itself, or has gone.
  void strangerNoMore() {
    porch.leave();
  }

  /// What there is against a node that says this of itself.
  Optional<Refusal> objection(Hello other, ByteStream stream) {
    return spec.access()
        .objection(other.node(), stream.certifiedNames())
        .or(() -> roster.objection(other));
  }

  /// Whether an address may be connected with: without secret and certificates, only on this
  /// machine.
  boolean mayDial(String where) {
    return !spec.secret().isNone() || transport.isSecure() || transport.isLoopback(where);
  }

  /// Connects with an address, of a node whose name may be known.
  void dial(String where) {
    if (!mayDial(where)) {
      tell(new Dialer.Failed(where, Optional.empty(), false, "it" + Cluster.OPEN));
      return;
    }
    transport.connect(
        where,
        new Transport.Connecting() {
          @Override
          public ByteStreamListener connected(ByteStream stream) {
            return opened(Side.INITIATOR, stream, where);
          }

          @Override
          public void failed(String why) {
            tell(new Dialer.Failed(where, Optional.empty(), false, why));
          }
        });
  }

  private NodeLink opened(Side side, ByteStream stream, String dialed) {
    NodeLink link = new NodeLink(this, side, stream, dialed);
    link.begin();
    return link;
  }

  /// Who looks at a node's signals; null if it may do everything.
  @Nullable Sentry sentry(Peer of) {
    return spec.access().permission() == Permission.EVERYTHING ? null : new Sentry(this, of);
  }

  /// Whether a node may do this.
  boolean permits(NodeName who, Deed deed) {
    Permission permission = spec.access().permission();
    return permission == Permission.EVERYTHING || permission.permits(who, deed);
  }

  /// What whoever waits for it is told.
  static ExitReason notAllowed(Deed deed) {
    return new ExitReason.Custom("not allowed: " + deed);
  }

  /// A node has tried what it may not.
  void denied(NodeName who, Deed deed) {
    node.drops().count(DropReason.UNAUTHORISED);
    node.events().publish(new LinkEvent.Denied(who, deed));
  }

  // What links tell

  /// Signals to this node wait from now on for a connection that is being made.
  void await(NodeName name) {
    synchronized (awaited) {
      if (roster.find(name) == null && !awaited.containsKey(name)) {
        awaited.put(name, node.connect(name));
      }
    }
  }

  /// The connection that is being made has failed.
  void awaitNoMore(NodeName name, String why) {
    Peer peer;
    synchronized (awaited) {
      peer = awaited.remove(name);
    }
    if (peer != null) {
      peer.lost(why);
    }
  }

  /// No connection is being made.
  void awaitNobody(String why) {
    List<NodeName> names;
    synchronized (awaited) {
      names = List.copyOf(awaited.keySet());
    }
    names.forEach(name -> awaitNoMore(name, why));
  }

  /// For a connection that the roster has let stand.
  Peer peerOf(NodeName name) {
    synchronized (awaited) {
      Peer peer = awaited.remove(name);
      return peer != null ? peer : node.connect(name);
    }
  }

  void connected(Hello other) {
    Introduction newcomer = new Introduction(other.node(), other.address());
    if (!other.address().isEmpty()) {
      for (Roster.Entry entry : roster.all()) {
        if (!entry.hello().node().equals(other.node())) {
          entry.link().post(() -> entry.link().introduce(List.of(newcomer)));
        }
      }
    }
    tell(new Dialer.Met(other.node(), other.address()));
  }

  void introduced(List<Introduction> others) {
    tell(new Dialer.Introduced(others));
  }

  void leaves(Hello other) {
    tell(new Dialer.Left(other.address()));
  }

  /// A connection has ended, or an attempt.
  ///
  /// @param dialed the address that this node has dialed; empty if the other has
  /// @param met who it was with; null if it never stood
  /// @param superfluous whether it was refused because there is another, or it was this node itself
  void ended(String dialed, @Nullable NodeName met, boolean superfluous, String why) {
    if (!dialed.isEmpty()) {
      tell(new Dialer.Failed(dialed, Optional.ofNullable(met), superfluous, why));
    }
    if (met != null) {
      tell(new Dialer.Lost(met, why));
    }
  }

  private void tell(Dialer.Event event) {
    node.whereis(Dialer.NAME).ifPresent(dialer -> node.tell(dialer, event));
  }
}
