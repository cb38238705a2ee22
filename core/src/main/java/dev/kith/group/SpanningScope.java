package dev.kith.group;

import dev.kith.process.Letter;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSignal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * Each node alone writes its rows; the others keep copies, and know by the version up to which change theirs
 * goes. So nothing can be in conflict: a copy is either up to date or behind, and what it lacks is a run of
 * changes, or all of it.
 *
 *   unknown ── replace ──► SHOWN ◄── apply, same life ── HIDDEN
 *                            └───────── hide ──────────────▲
 *
 * A node that cannot be reached is hidden: its members are not seen, but remembered, because it may come back
 * with few changes or none. Another life of it begins from nothing.
 */
/// A scope with members on several nodes, as seen by what connects them: this node's rows to be
/// told to others, and copies of theirs.
///
/// **Threading.** Any thread; each method is one step. **Limits.** The rows of one node take up to
/// 100 bytes for each member.
public final class SpanningScope {
  private final Scope scope;

  /// Copies of the rows of other nodes. Guarded by the scope's lock.
  private final Map<NodeName, Copy> copies = new LinkedHashMap<>();

  /// What is known of another node.
  private static final class Copy {
    final int life;
    long version;
    boolean shown;
    final Map<String, FarMembers> groups = new LinkedHashMap<>();

    Copy(int life) {
      this.life = life;
    }
  }

  private SpanningScope(Scope scope) {
    this.scope = scope;
  }

  /// A new scope.
  ///
  /// @param name how all nodes know it, in up to 1,024 bytes of UTF-8
  /// @param journal is told of this node's changes
  public static SpanningScope on(Node node, String name, Journal journal) {
    return new SpanningScope(new Scope(node, name, journal));
  }

  /// The scope, as everybody uses it.
  public Scope scope() {
    return scope;
  }

  // This node's rows

  /// All that this node has, at one version.
  ///
  /// @param version how many changes led here
  /// @param rows each member of each group
  public record Own(long version, List<Row> rows) {
    public Own {
      rows = List.copyOf(rows);
    }
  }

  /// All that this node has.
  public Own own() {
    synchronized (scope) {
      return new Own(scope.version(), scope.rows());
    }
  }

  // Copies of others

  /// The version that is known of a life of another node; 0 if nothing is.
  public long version(NodeName of, int life) {
    synchronized (scope) {
      Copy copy = copies.get(of);
      return copy == null || copy.life != life ? 0 : copy.version;
    }
  }

  /// Another node's members have changed; they can be seen again, if they were hidden.
  ///
  /// @param before the version that they had before
  /// @param changes one version each; may be none, and those that are known are passed over
  /// @return false if something before them is missing here, so that nothing can be made of it
  public boolean apply(NodeName of, int life, long before, List<Row> changes) {
    synchronized (scope) {
      Copy copy = copies.get(of);
      if (copy == null || copy.life != life) {
        copy = begin(of, life);
      }
      long known = copy.version - before;
      if (known < 0) {
        return false;
      }
      show(of, copy);
      for (Row change : changes.subList((int) Math.min(known, changes.size()), changes.size())) {
        change(of, copy, change);
      }
      copy.version = Math.max(copy.version, before + changes.size());
      return true;
    }
  }

  /// These are all of another node's members.
  public void replace(NodeName of, int life, long version, List<Row> rows) {
    synchronized (scope) {
      Copy known = copies.get(of);
      Copy copy = known != null && known.life == life ? known : begin(of, life);
      show(of, copy);
      difference(copy, rows).forEach(change -> change(of, copy, change));
      copy.version = version;
    }
  }

  private Copy begin(NodeName of, int life) {
    hide(of);
    Copy fresh = new Copy(life);
    copies.put(of, fresh);
    return fresh;
  }

  /// The changes that make these rows of what is known.
  private static List<Row> difference(Copy copy, List<Row> rows) {
    Map<Row, Integer> wanted = new LinkedHashMap<>();
    copy.groups.forEach((group, members) ->
        members.all().forEach((member, times) -> wanted.put(key(group, members, member), -times)));
    for (Row row : rows) {
      Row key = new Row(row.group(), row.protocol(), row.member(), 0);
      wanted.merge(key, row.times(), Integer::sum);
    }
    List<Row> changes = new ArrayList<>();
    wanted.forEach((key, times) -> {
      if (times != 0) {
        changes.add(new Row(key.group(), key.protocol(), key.member(), times));
      }
    });
    return changes;
  }

  private static Row key(String group, FarMembers members, long member) {
    return new Row(group, members.protocol, member, 0);
  }

  private void change(NodeName of, Copy copy, Row change) {
    FarMembers members = copy.groups.get(change.group());
    if (members == null) {
      members = new FarMembers(of, copy.life, change.protocol());
      copy.groups.put(change.group(), members);
    }
    members.change(change.member(), change.times());
    if (members.isEmpty()) {
      copy.groups.remove(change.group());
      scope.show(change.group(), of, null);
    } else {
      scope.show(change.group(), of, members);
    }
    tell(change.group(), members, change.member(), change.times());
  }

  private void show(NodeName of, Copy copy) {
    if (!copy.shown) {
      copy.shown = true;
      copy.groups.forEach((group, members) -> {
        scope.show(group, of, members);
        members.all().forEach((member, times) -> tell(group, members, member, times));
      });
    }
  }

  /// The nodes whose members are seen.
  public List<NodeName> shown() {
    synchronized (scope) {
      return copies.entrySet().stream()
          .filter(entry -> entry.getValue().shown)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /// A node cannot be reached: its members are not seen until it can.
  public void hide(NodeName of) {
    synchronized (scope) {
      Copy copy = copies.get(of);
      if (copy != null && copy.shown) {
        copy.shown = false;
        copy.groups.forEach((group, members) -> {
          scope.show(group, of, null);
          members.all().forEach((member, times) -> tell(group, members, member, -times));
        });
      }
    }
  }

  /// Nothing of a node is remembered any more, if it cannot be reached.
  public void forget(NodeName of) {
    synchronized (scope) {
      Copy copy = copies.get(of);
      if (copy != null && !copy.shown) {
        copies.remove(of);
      }
    }
  }

  private void tell(String group, FarMembers members, long member, int times) {
    for (int i = 0; i < times; i++) {
      scope.tell(new Membership.Joined(group, members.pid(member)));
    }
    for (int i = times; i < 0; i++) {
      scope.tell(new Membership.Left(group, members.pid(member)));
    }
  }

  // Broadcasts from other nodes

  /// A broadcast has come from another node, for the members of this one.
  public FanOut receive(NodeSignal.Broadcast broadcast) {
    synchronized (scope) {
      Members members = scope.find(broadcast.group());
      return new FanOut(scope.node(), members, (Letter) broadcast.value(), broadcast.trace());
    }
  }
}
