package dev.kith.cluster;

import dev.kith.process.NodeName;

/// What a node that has connected may do on this one.
///
/// What it may not is dropped and counted `UNAUTHORISED`, and a [LinkEvent.Denied] tells of it. Who
/// waits there for an answer, a link or a monitor has it at once, with a reason that says what was
/// not allowed.
///
/// **Threading.** Asked on the threads of connections, before anything else is done: must return at
/// once, from any thread. **Failure.** If it throws on such a thread, that connection ends.
@FunctionalInterface
public interface Permission {
  /// The default, about which nobody is asked.
  Permission EVERYTHING = (_, _) -> true;

  /// Whether a node may do this.
  ///
  /// @param node its name: as it claims, or as it is certified ([Access.Names])
  boolean permits(NodeName node, Deed deed);
}
