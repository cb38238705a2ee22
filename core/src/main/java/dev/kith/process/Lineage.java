package dev.kith.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who started a process, who started that one, and so on: one entry shared by all children of a
/// process.
record Lineage(Pid pid, @Nullable String name, @Nullable Lineage parent) {

  /// From the nearest ancestor to the oldest, each by its name or else its pid.
  static List<String> path(@Nullable Lineage nearest) {
    List<String> path = new ArrayList<>();
    for (Lineage at = nearest; at != null; at = at.parent) {
      String name = at.name;
      path.add(name != null ? name : at.pid.toString());
    }
    return path;
  }
}
