package dev.kith.process;

import java.util.List;

/// What a process says of itself when it is asked, between two messages.
///
/// @param snapshot what can be seen from outside
/// @param links who it is linked with
/// @param monitors how many monitors watch it
/// @param timers how many timers and deadlines it has
/// @param state what its code shows of its state ([Server#inspect])
public record Inspection(
    ProcessSnapshot snapshot, List<Pid> links, int monitors, int timers, Object state) {
  public Inspection {
    links = List.copyOf(links);
  }
}
