package dev.kith.process;

import java.util.Objects;

/// A name on one particular node: whoever holds it there when a signal arrives.
///
/// @param node where
/// @param name the name
/// @param <M> the messages that the holder takes
public record RemoteName<M>(NodeName node, Name<M> name) implements Address<M> {
  public RemoteName {
    Objects.requireNonNull(node);
    Objects.requireNonNull(name);
  }

  @Override
  public String toString() {
    return name + "@" + node;
  }
}
