package dev.kith.process;

/// A monitor that was set up from another node.
final class IncomingMonitor extends Monitor {
  private final Peer peer;
  private final long id;
  final LocalProcess<?> target;

  IncomingMonitor(Peer peer, long id, LocalProcess<?> target) {
    this.peer = peer;
    this.id = id;
    this.target = target;
  }

  /// Its number on the node that watches.
  long id() {
    return id;
  }

  @Override
  void fire(ExitReason why) {
    if (peer.monitorEnds(id)) {
      peer.carry(0, new NodeSignal.Down(target.serial, id, why));
    }
  }

  @Override
  Object open() {
    throw new IllegalStateException("a monitor of another node is no message");
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return target.pid();
  }
}
