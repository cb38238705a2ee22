package dev.kith.process;

import dev.kith.observe.DropReason;
import org.jspecify.annotations.Nullable;

/// How what comes from another node finds whom it is for.
///
/// **Threading.** The thread of the connection; never waits, and runs nobody's code.
final class Arrivals {
  private Arrivals() {}

  /// Whom something is for; null if nobody is there.
  private static Route.@Nullable Near find(Node node, NodeSignal.Target to) {
    return switch (to) {
      case NodeSignal.Target.ToProcess(long serial) -> near(node.table().find(serial));
      case NodeSignal.Target.ToName(String name) -> near(node.names.holder(name));
      case NodeSignal.Target.ToAlias(long serial, long id) -> {
        AliasRef<?> alias = node.abroad.alias(id);
        yield alias == null || alias.owner.serial != serial
            ? null
            : new Route.Near(alias.owner, alias);
      }
    };
  }

  private static Route.@Nullable Near near(@Nullable LocalProcess<?> process) {
    return process == null ? null : new Route.Near(process, null);
  }

  private static DropReason nobody(NodeSignal.Target to) {
    return switch (to) {
      case NodeSignal.Target.ToAlias _ -> DropReason.INACTIVE_ALIAS;
      case NodeSignal.Target.ToProcess _, NodeSignal.Target.ToName _ -> DropReason.NO_PROCESS;
    };
  }

  private static Class<?> protocol(Route.Near route) {
    AliasRef<?> alias = route.alias();
    return alias == null ? route.process().protocol : alias.protocol();
  }

  static void message(
      Peer peer, NodeSignal.Target to, Letter letter, @Nullable TraceContext trace) {
    Route.Near found = find(peer.node, to);
    if (found == null) {
      peer.node.drops().count(nobody(to));
    } else if (!protocol(found).isAssignableFrom(letter.type())) {
      peer.node.drops().count(unfit(letter));
    } else {
      found.process().deliver(new Message.Wired(letter, found.alias(), trace), letter.bytes());
    }
  }

  static void request(
      Peer peer, NodeSignal.Target to, long id, Letter letter, @Nullable TraceContext trace) {
    Route.Near found = find(peer.node, to);
    if (found == null) {
      peer.node.drops().count(nobody(to));
      peer.carry(0, new NodeSignal.Failure(0, id, ExitReason.noProcess()));
    } else if (!protocol(found).isAssignableFrom(letter.type())
        || !Request.class.isAssignableFrom(letter.type())) {
      peer.node.drops().count(unfit(letter));
      peer.carry(0, new NodeSignal.Failure(0, id, wrong(found, letter)));
    } else {
      LocalProcess<?> server = found.process();
      server.deliver(
          new IncomingAsk<>(peer, id, letter, server, found.alias(), trace), letter.bytes());
    }
  }

  private static DropReason unfit(Letter letter) {
    return letter.type() == void.class ? DropReason.UNDECODABLE : DropReason.WRONG_PROTOCOL;
  }

  private static ExitReason wrong(Route.Near found, Letter letter) {
    return ExitReasons.wrongProtocol(letter.type(), found.process().pid(), protocol(found));
  }

  static void monitor(Peer peer, NodeSignal.Target to, long id) {
    LocalProcess<?> target =
        switch (to) {
          case NodeSignal.Target.ToProcess(long serial) -> peer.node.table().find(serial);
          case NodeSignal.Target.ToAlias(long serial, var _) -> peer.node.table().find(serial);
          case NodeSignal.Target.ToName(String name) -> peer.node.names.holder(name);
        };
    if (target == null) {
      peer.carry(0, new NodeSignal.Down(0, id, ExitReason.noProcess()));
    } else {
      peer.watch(new IncomingMonitor(peer, id, target));
    }
  }

  static void spawn(Peer peer, NodeSignal.Spawn order) {
    peer.node.blueprints.start(peer, order);
  }
}
