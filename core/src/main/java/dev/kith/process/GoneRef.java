package dev.kith.process;

import dev.kith.observe.DropReason;
import dev.kith.observe.Drops;

/// A reference to a process that cannot be reached.
///
/// @param why what becomes of messages to it
record GoneRef(Pid pid, DropReason why, Drops drops) implements ProcessRef<Object> {
  @Override
  public void send(Object message) {
    drops.count(why);
  }
}
