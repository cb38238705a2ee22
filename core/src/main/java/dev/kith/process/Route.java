package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// Where an address leads.
sealed interface Route {

  /// To a process of this node, perhaps through one of its aliases.
  record Near(LocalProcess<?> process, @Nullable AliasRef<?> alias) implements Route {}

  /// To another node.
  ///
  /// @param incarnation the life of the node that it is meant for; 0 is any
  record Far(Peer peer, int incarnation, NodeSignal.Target to) implements Route {

    /// The way of one request.
    Crossing crossing() {
      return new Crossing(peer, incarnation, to, peer.node.abroad.nextId());
    }
  }
}
