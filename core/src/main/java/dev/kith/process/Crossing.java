package dev.kith.process;

/// A request's way to another node, by whose number the answer finds back.
///
/// @param peer the connection
/// @param incarnation the life of the node that it is meant for; 0 is any
/// @param to whom there
/// @param id its number among the requests of this node
record Crossing(Peer peer, int incarnation, NodeSignal.Target to, long id) implements Via {

  /// Sends it off.
  void dispatch(Ask<?> ask) {
    peer.node.abroad.open(id, ask);
    long from = ask.asker == null ? 0 : ask.asker.serial;
    peer.carry(incarnation, signal(from, ask));
  }

  private NodeSignal signal(long from, Ask<?> ask) {
    return ask.request instanceof SpawnOrder<?>(String what, Object argument, boolean linked)
        ? new NodeSignal.Spawn(from, id, what, argument, linked)
        : new NodeSignal.Request(from, to, id, ask.request, ask.trace);
  }

  /// Nobody waits for the answer any more.
  void forget() {
    peer.node.abroad.close(id);
  }
}
