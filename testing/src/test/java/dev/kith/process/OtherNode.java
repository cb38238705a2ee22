package dev.kith.process;

/// Another node, as seen by a node of a test: what it sends arrives at once, and what is sent to it
/// is lost.
final class OtherNode {
  private final Peer peer;

  OtherNode(Node node) {
    peer = node.connect(NodeName.of("other"));
    peer.up(
        1,
        new Carrier() {
          @Override
          public Carried carry(NodeSignal signal) {
            return Carried.SENT;
          }

          @Override
          public boolean isCrowded(long from) {
            return false;
          }
        });
  }

  /// A message that was so long on the wire.
  void send(Pid to, Object message, int bytes) {
    peer.receive(
        new NodeSignal.Message(
            1, new NodeSignal.Target.ToProcess(to.serial()), new Opened(message, bytes), null));
  }

  /// A letter that is easy to open.
  private record Opened(Object open, int bytes) implements Letter {
    @Override
    public Class<?> type() {
      return open.getClass();
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }
}
