package dev.kith.process;

import static dev.kith.process.Checks.check;

/// A typed key under which one process of a node can be found.
///
/// A name is a constant of the code that owns the protocol. It survives the process that holds it:
/// after a restart, the new process is found under the same name.
///
/// **Limits.** 1 to 255 characters.
///
/// @param text the name as the node knows it
/// @param protocol the type of message that the holder takes
/// @param <M> the messages that the holder takes
public record Name<M>(String text, Class<M> protocol) implements Address<M> {
  private static final int LENGTH_MAX = 255;

  public Name {
    check(
        !text.isEmpty() && text.length() <= LENGTH_MAX,
        "a name has 1 to %d characters, this one %d",
        LENGTH_MAX,
        text.length());
  }

  /// The name with this text, for processes of this protocol.
  public static <M> Name<M> of(String text, Class<M> protocol) {
    return new Name<>(text, protocol);
  }

  /// The name on one particular node, this or another.
  public RemoteName<M> at(NodeName node) {
    return new RemoteName<>(node, this);
  }

  @Override
  public String toString() {
    return text;
  }
}
