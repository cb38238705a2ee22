package dev.kith.group;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * Changes are rare and senders many, or there are a million changes before the first sender comes. So the
 * tables are changed in place, under the scope's lock, and senders walk a view that is made from them when
 * one asks after a change, and shared until the next.
 */
/// Who is in one group: processes of this node, in the order they first joined, and those of other
/// nodes.
///
/// **Threading.** Changed under the scope's lock; [#view] by anybody.
final class Members {
  private final Node node;
  private final String name;
  private final Object lock;
  private final Map<Pid, Member> own = new LinkedHashMap<>();

  /// What those of this node can be sent; anything, before there are any.
  private Class<?> protocol = Object.class;

  /// Sorted, so that everything that goes through all nodes does so in the same order each time.
  private final Map<NodeName, FarMembers> far =
      new TreeMap<>((one, other) -> one.text().compareTo(other.text()));

  /// The members as senders see them; null after a change. Cleared under the lock, read by anybody.
  private volatile @Nullable View view;

  /// Memberships of processes of this node.
  private int ownTotal;

  /// All memberships together. Written under the lock, read by anybody.
  private volatile int total;

  /// Whose turn it is in round robin. Racy on purpose: a lost step costs nobody anything.
  private int turn;

  /// One process and how often it has joined.
  private static final class Member {
    final ProcessRef<?> ref;
    int times;

    Member(ProcessRef<?> ref) {
      this.ref = ref;
    }
  }

  Members(Node node, String name, Object lock) {
    this.node = node;
    this.name = name;
    this.lock = lock;
  }

  // Changing

  /// Adds a process of this node.
  void add(Class<?> as, ProcessRef<?> member) {
    protocol = as;
    own.computeIfAbsent(member.pid(), _ -> new Member(member)).times++;
    ownTotal++;
    changed();
  }

  /// Takes away one membership of a process of this node; false if there is none.
  boolean remove(Pid pid) {
    Member member = own.get(pid);
    if (member == null) {
      return false;
    }
    if (--member.times == 0) {
      own.remove(pid);
    }
    ownTotal--;
    changed();
    return true;
  }

  /// The members that another node has; null if it has none any more.
  void show(NodeName of, @Nullable FarMembers members) {
    if (members == null) {
      far.remove(of);
    } else {
      far.put(of, members);
    }
    changed();
  }

  private void changed() {
    total = ownTotal + far.values().stream().mapToInt(FarMembers::total).sum();
    view = null;
  }

  boolean isEmpty() {
    return own.isEmpty() && far.isEmpty();
  }

  // Reading

  /// How many memberships there are.
  int total() {
    return total;
  }

  /// What those of this node can be sent.
  Class<?> protocol() {
    return protocol;
  }

  /// Every process of this node, as often as it has joined. Under the lock.
  Stream<ProcessRef<?>> own() {
    return own.values().stream()
        .flatMap(member -> Collections.nCopies(member.times, member.ref).stream());
  }

  /// Every process of this node, and how often it has joined. Under the lock.
  Stream<Row> rows() {
    return own.values().stream()
        .map(member -> new Row(name, protocol.getName(), member.ref.pid().serial(), member.times));
  }

  /// The pids of all members of all nodes, each as often as it is in. Under the lock.
  Stream<Pid> pids() {
    return Stream.concat(
        own().map(ProcessRef::pid),
        far.values().stream().flatMap(there -> there.references(node).<Pid>map(ProcessRef::pid)));
  }

  /// The members as senders of these messages see them.
  ///
  /// @throws IllegalArgumentException if those of this node are there for others
  View view(Class<?> asked) {
    View known = view;
    if (known != null && known.protocol == asked) {
      return known;
    }
    synchronized (lock) {
      requireProtocol(asked);
      List<FarMembers> alike =
          far.values().stream().filter(there -> there.protocol.equals(asked.getName())).toList();
      View made = new View(asked, own().toArray(ProcessRef<?>[]::new), alike);
      view = made;
      return made;
    }
  }

  /// @throws IllegalArgumentException if those of this node are there for other messages
  void requireProtocol(Class<?> asked) {
    if (!own.isEmpty() && protocol != asked) {
      throw new IllegalArgumentException(
          "the group %s is for %s, not for %s"
              .formatted(name, protocol.getName(), asked.getName()));
    }
  }

  /// A number that goes up by one for each pick.
  int nextTurn() {
    int mine = turn;
    turn = mine + 1;
    return mine;
  }

  /// The members as they were at one moment.
  final class View {
    private final Class<?> protocol;

    /// Of this node, each as often as it has joined. Not to be changed.
    final ProcessRef<?>[] own;

    /// Of other nodes.
    final List<FarMembers> far;

    /// Of all nodes; made when somebody asks.
    private ProcessRef<?> @Nullable [] all;

    View(Class<?> protocol, ProcessRef<?>[] own, List<FarMembers> far) {
      this.protocol = protocol;
      this.own = own;
      this.far = far;
    }

    /// Every member of every node, as often as it has joined. Not to be changed.
    ProcessRef<?>[] all() {
      if (far.isEmpty()) {
        return own;
      }
      synchronized (lock) {
        ProcessRef<?>[] known = all;
        if (known == null) {
          known =
              Stream.concat(Stream.of(own), far.stream().flatMap(there -> there.references(node)))
                  .toArray(ProcessRef<?>[]::new);
          all = known;
        }
        return known;
      }
    }
  }
}
