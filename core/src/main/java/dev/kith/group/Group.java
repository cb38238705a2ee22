package dev.kith.group;

import dev.kith.process.NodeSignal;
import java.util.Objects;

/// A typed key of a group: its name, and what its members can be sent.
///
/// **Limits.** Its name has up to 1,024 bytes of UTF-8.
///
/// @param name what the group is called within its scope
/// @param protocol the type of message that every member takes
/// @param <M> the messages
public record Group<M>(String name, Class<M> protocol) {
  public Group {
    NodeSignal.requireName("group", name);
    Objects.requireNonNull(protocol);
  }

  /// The group with this name.
  public static <M> Group<M> of(String name, Class<M> protocol) {
    return new Group<>(name, protocol);
  }

  @Override
  public String toString() {
    return name;
  }
}
