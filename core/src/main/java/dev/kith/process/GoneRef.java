package dev.kith.process;

import dev.kith.observe.DropReason;
import dev.kith.observe.Drops;

/// A reference to a process that is no more: of this life of the node, or of an earlier one.
record GoneRef(Pid pid, boolean ofEarlierLife, Drops drops) implements ProcessRef<Object> {
  @Override
  public void send(Object message) {
    drops.count(ofEarlierLife ? DropReason.OLD_INCARNATION : DropReason.NO_PROCESS);
  }
}
