package dev.kith.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The other nodes that one can reach, or is about to.
///
/// **Threading.** Any thread.
final class Peers {
  private final Node node;
  private final Map<NodeName, Peer> known = new ConcurrentHashMap<>();

  Peers(Node node) {
    this.node = node;
  }

  /// The connection to a node; a lost one if there is none.
  Peer of(NodeName name) {
    Peer peer = known.get(name);
    return peer == null ? Peer.unreachable(node, name) : peer;
  }

  /// Begins to connect with a node.
  ///
  /// @throws IllegalStateException if there is a connection already
  Peer begin(NodeName name) {
    Peer fresh = new Peer(node, name);
    Peer before = known.putIfAbsent(name, fresh);
    Checks.check(before == null, "%s is connected with %s already", node, name);
    return fresh;
  }

  /// A connection is lost: there may be another now.
  void end(Peer peer) {
    known.remove(peer.name(), peer);
  }

  /// The nodes that can be reached, by name.
  List<NodeName> reachable() {
    return known.values().stream()
        .filter(Peer::isUp)
        .map(Peer::name)
        .sorted((one, other) -> one.text().compareTo(other.text()))
        .toList();
  }

  /// A process has ended that connections may know because of links.
  void untie(LocalProcess<?> process) {
    known.values().forEach(peer -> peer.unties(process));
  }

  boolean areCrowded() {
    return known.values().stream().anyMatch(Peer::isCrowded);
  }
}
