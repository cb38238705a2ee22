package dev.kith.process;

/// Takes a node's signals to one other node: what connects nodes, seen from the processes.
///
/// **Ordering.** Signals with the same `from` arrive in the order given. **Threading.** Any thread;
/// never waits.
public interface Carrier {

  /// What became of a signal.
  enum Carried {
    /// It is on its way.
    SENT,
    /// It is on its way behind much else: its sender should pause until [Peer#roomAgain].
    CROWDED,
    /// It was dropped, for want of room. Only messages, requests, spawns and broadcasts are.
    FULL
  }

  /// Sends a signal.
  ///
  /// @throws IllegalArgumentException if a message in it cannot be encoded; nothing was sent
  Carried carry(NodeSignal signal);

  /// Whether this sender should still pause. If so, there is a [Peer#roomAgain] when it need not
  /// any more.
  ///
  /// @param from its serial; 0 is the node itself
  boolean isCrowded(long from);
}
