package dev.kith.group;

import dev.kith.observe.DropReason;
import dev.kith.process.Letter;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.TraceContext;
import org.jspecify.annotations.Nullable;

/// One letter on its way to the members that a group has on this node.
///
/// **Threading.** One thread at a time.
public final class FanOut {
  private static final ProcessRef<?>[] NOBODY = {};

  private final Node node;
  private final Letter letter;
  private final @Nullable TraceContext trace;
  private final ProcessRef<?>[] members;
  private int next;

  /// @param group the members; null if there are none
  FanOut(Node node, @Nullable Members group, Letter letter, @Nullable TraceContext trace) {
    this.node = node;
    this.letter = letter;
    this.trace = trace;
    this.members = group == null ? NOBODY : takers(group);
  }

  private ProcessRef<?>[] takers(Members group) {
    boolean taken = group.protocol().isAssignableFrom(letter.type());
    if (!taken) {
      boolean known = letter.type() != void.class;
      node.drops().count(known ? DropReason.WRONG_PROTOCOL : DropReason.UNDECODABLE);
    }
    return taken ? group.view(group.protocol()).own : NOBODY;
  }

  /// Gives it to some more members.
  ///
  /// @return whether there are others left
  public boolean go(int most) {
    int end = Math.min(members.length, next + most);
    while (next < end) {
      node.tell(members[next++], letter, trace);
    }
    return next < members.length;
  }
}
