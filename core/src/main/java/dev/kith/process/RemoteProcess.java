package dev.kith.process;

/// A process of another node, as this node speaks of it.
///
/// **Threading.** Any thread.
final class RemoteProcess<M> implements ProcessRef<M>, Party {
  final Node node;
  private final Pid pid;
  private final NodeSignal.Target target;

  /// The connection that was used last. Racy on purpose: whoever finds it lost looks again.
  private Peer last;

  RemoteProcess(Node node, Pid pid) {
    this.node = node;
    this.pid = pid;
    this.target = new NodeSignal.Target.ToProcess(pid.serial());
    this.last = node.peers.of(pid.node());
  }

  @Override
  public Pid pid() {
    return pid;
  }

  /// The connection to its node as it is now.
  Peer peer() {
    Peer known = last;
    if (known.isLost()) {
      known = node.peers.of(pid.node());
      last = known;
    }
    return known;
  }

  /// The way there.
  Route.Far route() {
    return new Route.Far(peer(), pid.incarnation(), target);
  }

  @Override
  public void send(M message) {
    peer().send(pid.incarnation(), target, message);
  }

  /// Sends in the node's own name.
  void tell(Object message) {
    carry(new NodeSignal.Message(0, target, message, null));
  }

  @Override
  public void signal(Signal signal) {
    signal.cross(this);
  }

  @Override
  public void requestExit(Pid from, ExitReason reason) {
    carry(new NodeSignal.Exit(from.serial(), pid.serial(), reason));
  }

  /// Sends a signal to its node.
  void carry(NodeSignal signal) {
    peer().carry(pid.incarnation(), signal);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RemoteProcess<?> that && pid.equals(that.pid);
  }

  @Override
  public int hashCode() {
    return pid.hashCode();
  }

  @Override
  public String toString() {
    return pid.toString();
  }
}
