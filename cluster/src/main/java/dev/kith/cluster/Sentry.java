package dev.kith.cluster;

import dev.kith.process.Letter;
import dev.kith.process.Node;
import dev.kith.process.NodeSignal;
import dev.kith.process.Peer;
import dev.kith.process.Pid;
import org.jspecify.annotations.Nullable;

/*
 * The processes of the cluster itself, which keep groups alike and confirm what is sent, are no concern of a
 * permission: what they do is looked at where they do it (Replicator, Deliveries), by the node that their
 * messages say they are from. So it is looked at here that they say the truth. That means to open such a message
 * on the connection's thread, which is done only if there is a permission at all (decision 0024).
 */
/// Looks at each signal of another node before it has any effect.
///
/// **Threading.** The loop of the connection.
final class Sentry {
  private final Mesh mesh;
  private final Node node;
  private final Peer peer;

  /// @param peer whose signals these are
  Sentry(Mesh mesh, Peer peer) {
    this.mesh = mesh;
    this.node = mesh.node();
    this.peer = peer;
  }

  /// Whether a signal is to take effect. If not, whoever waits for that is told.
  boolean passes(NodeSignal signal) {
    Deed deed = deed(signal);
    if (deed == null
        || isBetweenClusterProcesses(signal, deed)
        || mesh.permits(peer.name(), deed)) {
      return true;
    }
    mesh.denied(peer.name(), deed);
    peer.refuse(signal, Mesh.notAllowed(deed));
    return false;
  }

  private @Nullable Deed deed(NodeSignal signal) {
    return switch (signal) {
      case NodeSignal.Message message -> new Deed.Send(name(message.to()));
      case NodeSignal.Request request -> new Deed.Send(name(request.to()));
      case NodeSignal.Spawn spawn -> new Deed.Spawn(spawn.blueprint());
      case NodeSignal.Link link -> new Deed.Watch(name(link.to()));
      case NodeSignal.Monitor monitor -> new Deed.Watch(name(monitor.to()));
      case NodeSignal.Exit exit -> new Deed.Exit(name(exit.to()));
      case NodeSignal.Broadcast broadcast ->
          new Deed.Broadcast(broadcast.scope(), broadcast.group());
      case NodeSignal.Reply _,
          NodeSignal.Failure _,
          NodeSignal.Spawned _,
          NodeSignal.Unlink _,
          NodeSignal.Unlinked _,
          NodeSignal.LinkExit _,
          NodeSignal.Demonitor _,
          NodeSignal.Down _ ->
          null;
    };
  }

  private String name(NodeSignal.Target to) {
    return switch (to) {
      case NodeSignal.Target.ToName(String name) -> name;
      case NodeSignal.Target.ToProcess(long serial) -> name(serial);
      case NodeSignal.Target.ToAlias(long serial, var _) -> name(serial);
    };
  }

  private String name(long serial) {
    return node.nameOf(new Pid(node.name(), serial, node.incarnation())).orElse("");
  }

  /// Whether it is a message between the processes of the cluster, and from whom it says.
  private boolean isBetweenClusterProcesses(NodeSignal signal, Deed deed) {
    return signal instanceof NodeSignal.Message message
        && deed instanceof Deed.Send(String name)
        && (name.equals(Replicator.NAME.text()) || name.equals(Post.NAME.text()))
        && message.value() instanceof Letter letter
        && letter.isWhole()
        && isTold(letter.open());
  }

  private boolean isTold(Object message) {
    return switch (message) {
      case Replication.Told told -> isFromIt(told.from());
      case Post.Told told -> isFromIt(told.from());
      default -> false;
    };
  }

  private boolean isFromIt(Replication.Origin from) {
    return from.node().equals(peer.name()) && from.life() == peer.incarnation();
  }
}
