package dev.kith.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What other nodes may start here: nothing else can be.
///
/// **Threading.** Any thread.
final class Blueprints {
  private final Map<String, Blueprint<?, ?>> allowed = new ConcurrentHashMap<>();

  /// @throws IllegalArgumentException if the name is in use for another
  void allow(Blueprint<?, ?> blueprint) {
    Blueprint<?, ?> before = allowed.putIfAbsent(blueprint.name(), blueprint);
    Checks.check(
        before == null || before == blueprint,
        "there is another blueprint with the name %s",
        blueprint.name());
  }

  /// Starts what another node has ordered, or says why not.
  void start(Peer peer, NodeSignal.Spawn order) {
    Blueprint<?, ?> blueprint = allowed.get(order.blueprint());
    ExitReason refusal =
        blueprint == null
            ? new ExitReason.Custom("no blueprint " + order.blueprint() + " is allowed here")
            : start(peer, order, blueprint);
    if (refusal != null) {
      peer.carry(0, new NodeSignal.Failure(0, order.id(), refusal));
    }
  }

  private static <A, N> @Nullable ExitReason start(
      Peer peer, NodeSignal.Spawn order, Blueprint<A, N> blueprint) {
    Letter argument = (Letter) order.argument();
    if (!blueprint.arguments().isAssignableFrom(argument.type())) {
      return new ExitReason.WrongProtocol(
          "%s is made from %s, not from %s"
              .formatted(
                  blueprint.name(), blueprint.arguments().getName(), argument.type().getName()));
    }
    ProcessSpec<N> spec =
        ProcessSpec.server(
            blueprint.protocol(),
            () -> blueprint.factory().apply(blueprint.arguments().cast(argument.open())));
    Lineage parent =
        order.linked() ? new Lineage(peer.process(order.from()).pid(), null, null) : null;
    return switch (peer.node.create(spec, parent, new Ties.Ordered(peer, order))) {
      case StartResult.Started<N> _ -> null;
      case StartResult.Failed<N>(ExitReason reason) -> reason;
      case StartResult.AlreadyStarted<N>(Pid holder) ->
          new ExitReason.Custom("already started: " + holder);
      case StartResult.Ignored<N> _ -> ExitReason.normal();
    };
  }
}
