package dev.kith.group;

import java.util.Objects;

/// One process's place in a group, or a change of it, as nodes tell each other.
///
/// @param group the group's name
/// @param protocol the name of the class of messages that the process takes there
/// @param member the process's serial on the node that tells
/// @param times how often it is in; as a change, how much more often than before
public record Row(String group, String protocol, long member, int times) {
  public Row {
    Objects.requireNonNull(group);
    Objects.requireNonNull(protocol);
  }
}
