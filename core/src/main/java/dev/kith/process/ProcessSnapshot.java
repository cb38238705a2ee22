package dev.kith.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What could be seen of a process at one moment, without disturbing it.
///
/// @param pid the process
/// @param name its name, if it has one
/// @param ancestors who started it, who started that one, and so on, nearest first
/// @param protocol the type of its messages
/// @param mailbox how many messages wait, about
/// @param handled how many messages it has handled
/// @param running how long its code has run, by sampling about every millisecond
/// @param idle since when it has had no turn, to about a millisecond
public record ProcessSnapshot(
    Pid pid,
    Optional<String> name,
    List<String> ancestors,
    Class<?> protocol,
    int mailbox,
    long handled,
    Duration running,
    Duration idle) {
  public ProcessSnapshot {
    ancestors = List.copyOf(ancestors);
  }
}
