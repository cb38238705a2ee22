package dev.kith.group;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Who of another node is in one group. Small: there may be a million.
///
/// **Threading.** Guarded by the scope's lock, but for [#total].
final class FarMembers {
  final NodeName node;
  final int life;
  final String protocol;
  private final Map<Long, Integer> times = new LinkedHashMap<>();

  /// All memberships together. Written under the lock, read by anybody.
  private volatile int total;

  FarMembers(NodeName node, int life, String protocol) {
    this.node = node;
    this.life = life;
    this.protocol = protocol;
  }

  /// A member is in so much more often, or less; never less than not at all.
  void change(long member, int by) {
    int before = times(member);
    int after = Math.max(0, before + by);
    if (after == 0) {
      times.remove(member);
    } else {
      times.put(member, after);
    }
    int totalBefore = total;
    total = totalBefore + after - before;
  }

  int times(long member) {
    return times.getOrDefault(member, 0);
  }

  int total() {
    return total;
  }

  boolean isEmpty() {
    return times.isEmpty();
  }

  /// Every member and how often it is in.
  Map<Long, Integer> all() {
    return times;
  }

  Pid pid(long member) {
    return new Pid(node, member, life);
  }

  /// Every member as often as it is in.
  Stream<ProcessRef<?>> references(Node seenBy) {
    return times.entrySet().stream()
        .flatMap(entry -> {
          ProcessRef<?> member = seenBy.find(pid(entry.getKey()));
          return Stream.generate(() -> member).limit(entry.getValue());
        });
  }
}
