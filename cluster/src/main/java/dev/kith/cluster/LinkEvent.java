package dev.kith.cluster;

import dev.kith.observe.SystemEvent;
import dev.kith.process.NodeName;
import dev.kith.wire.node.Refusal;
import java.util.Objects;
import java.util.Optional;

/// What a node tells of others that wanted something of it and did not get it.
public sealed interface LinkEvent extends SystemEvent {

  /// This node has refused a connection.
  ///
  /// @param why in a word
  /// @param remote where it came from or went to, as the transport says it
  /// @param name the name that the other side has said, proved or not
  record Refused(Refusal why, String remote, Optional<NodeName> name) implements LinkEvent {
    public Refused {
      Objects.requireNonNull(why);
      Objects.requireNonNull(remote);
      Objects.requireNonNull(name);
    }
  }

  /// A node that is connected has tried what its [Permission] does not allow.
  ///
  /// @param node which one
  /// @param deed what it has tried
  record Denied(NodeName node, Deed deed) implements LinkEvent {
    public Denied {
      Objects.requireNonNull(node);
      Objects.requireNonNull(deed);
    }
  }
}
