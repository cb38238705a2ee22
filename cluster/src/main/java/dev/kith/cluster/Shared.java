package dev.kith.cluster;

import dev.kith.group.Journal;
import dev.kith.group.Row;
import dev.kith.group.SpanningScope;
import dev.kith.process.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One scope of this node that others have too, and its last changes.
///
/// **Threading.** Any thread. **Limits.** Remembers the last [#CHANGES_MAX] changes; who is further
/// behind is told everything.
final class Shared implements Journal {
  static final int CHANGES_MAX = 65_536;

  private final SpanningScope span;
  private final Runnable changed;

  /// By the version that each has led to. Guarded by this object's lock.
  private final TreeMap<Long, Row> log = new TreeMap<>();

  private volatile long version;

  Shared(Node node, String name, Runnable changed) {
    this.changed = changed;
    this.span = SpanningScope.on(node, name, this);
  }

  SpanningScope span() {
    return span;
  }

  @Override
  public void changed(long now, Row change) {
    synchronized (this) {
      log.put(now, change);
      if (log.size() > CHANGES_MAX) {
        log.pollFirstEntry();
      }
      version = now;
    }
    changed.run();
  }

  long version() {
    return version;
  }

  /// The first changes after a version; empty if they are not remembered.
  synchronized Optional<List<Row>> since(long at, int most) {
    if (at > version || version - at > log.size()) {
      return Optional.empty();
    }
    List<Row> changes = new ArrayList<>();
    for (Row change : log.tailMap(at, false).values()) {
      if (changes.size() == most) {
        break;
      }
      changes.add(change);
    }
    return Optional.of(changes);
  }
}
