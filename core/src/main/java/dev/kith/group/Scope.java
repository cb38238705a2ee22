package dev.kith.group;

import dev.kith.process.Alias;
import dev.kith.process.Cancel;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSignal;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A set of groups of processes that know nothing of other scopes (PG-1).
///
/// A group exists while it has members. A process may join a group several times and must leave as
/// often; when it ends, all its memberships go before anybody is told of its end (SIG-6). Only
/// processes of this node can join; a scope that spans nodes (see [SpanningScope]) has members of
/// all nodes that this one is connected with, and follows their changes.
///
/// **Ordering.** A broadcast reaches each member as if it had been sent to that member alone, so it
/// keeps its place among the sender's other messages. Watchers see the changes of a scope in one
/// order, the same for all of a node. **Threading.** Any thread. **Limits.** Groups and members are
/// not bounded here: each was asked for by a process, and goes with it.
public final class Scope {
  private final Node node;

  /// How other nodes know it; empty if it is of this node alone.
  private final String name;

  /// Where the changes of this node go.
  private final Journal journal;

  /// By name. Read by anybody, changed under the lock, which is this object's.
  private final Map<String, Members> groups = new ConcurrentHashMap<>();

  /// What each process has joined, in order, once for each time. Guarded by the lock.
  private final Map<Pid, List<String>> joined = new HashMap<>();

  /// Who is told of changes. Guarded by the lock.
  private final List<Watcher> watchers = new ArrayList<>();

  private final List<Listener> listeners = new ArrayList<>();

  private record Watcher(@Nullable String group, ProcessRef<Membership> to) {}

  /// What a service is told of each change.
  @FunctionalInterface
  public interface Listener {
    /// Somebody has joined or left. Must return at once, and not call the scope.
    ///
    /// @param members how many memberships the group has now
    void changed(Membership change, int members);
  }

  /// How many changes there were of this node's own members. Guarded by the lock.
  private long version;

  Scope(Node node, String name, Journal journal) {
    NodeSignal.requireName("scope", name);
    this.node = node;
    this.name = name;
    this.journal = journal;
  }

  /// A new scope of this node alone.
  public static Scope on(Node node) {
    return new Scope(node, "", (_, _) -> {});
  }

  // Changing

  /// Adds a process to a group, once more if it is in. Does nothing for a process that has ended.
  ///
  /// @throws IllegalArgumentException if the process is of another node, or the name is in use for
  ///   another protocol here
  public synchronized <M> void join(Group<M> group, ProcessRef<M> member) {
    Pid pid = member.pid();
    requireLocal(pid);
    Members members = groups.get(group.name());
    if (members != null) {
      members.requireProtocol(group.protocol());
    }
    if (!joined.containsKey(pid)) {
      if (!node.attach(member, this::ended)) {
        return;
      }
      joined.put(pid, new ArrayList<>(1));
    }
    membersOf(group.name()).add(group.protocol(), member);
    listOf(pid).add(group.name());
    changed(group.name(), group.protocol(), pid, 1);
    tell(new Membership.Joined(group.name(), pid));
  }

  /// Takes a process out of a group once.
  ///
  /// @return whether it was in
  public synchronized <M> boolean leave(Group<M> group, ProcessRef<M> member) {
    Pid pid = member.pid();
    boolean was = listOf(pid).remove(group.name());
    if (was) {
      remove(group.name(), pid);
    }
    return was;
  }

  private void requireLocal(Pid pid) {
    if (!pid.node().equals(node.name()) || pid.incarnation() != node.incarnation()) {
      throw new IllegalArgumentException(pid + " is not a process of node " + node);
    }
  }

  private List<String> listOf(Pid pid) {
    List<String> known = joined.get(pid);
    return known == null ? new ArrayList<>() : known;
  }

  private void remove(String group, Pid pid) {
    Members members = groups.get(group);
    if (members == null || !members.remove(pid)) {
      throw new IllegalStateException(pid + " is not in " + group);
    }
    dropIfEmpty(group, members);
    changed(group, members.protocol(), pid, -1);
    tell(new Membership.Left(group, pid));
  }

  private void changed(String group, Class<?> protocol, Pid member, int times) {
    version++;
    journal.changed(version, new Row(group, protocol.getName(), member.serial(), times));
  }

  private synchronized void ended(Pid pid) {
    List<String> names = joined.remove(pid);
    if (names != null) {
      names.forEach(name -> remove(name, pid));
    }
  }

  // Reading and sending

  /// The names of all groups, sorted.
  public List<String> groups() {
    return groups.keySet().stream().sorted().toList();
  }

  /// Who is in a group, each as often as it has joined: those of this node in the order they first
  /// did, then those of other nodes, node by node.
  public <M> List<ProcessRef<M>> members(Group<M> group) {
    Members members = groups.get(group.name());
    return members == null
        ? List.of()
        : Arrays.stream(members.view(group.protocol()).all())
            .<ProcessRef<M>>map(Scope::typed)
            .toList();
  }

  /// How many memberships a group has.
  public int count(Group<?> group) {
    Members members = groups.get(group.name());
    return members == null ? 0 : members.total();
  }

  /// Sends a message to every member, as often as it has joined. It goes to another node once,
  /// however many members are there.
  ///
  /// @return to how many, as far as is known here
  public <M> int broadcast(Group<M> group, M message) {
    Members members = groups.get(group.name());
    if (members == null) {
      return 0;
    }
    Members.View view = members.view(group.protocol());
    for (ProcessRef<?> member : view.own) {
      Scope.<M>typed(member).send(message);
    }
    int count = view.own.length;
    for (FarMembers there : view.far) {
      node.broadcast(there.node, there.life, name, group.name(), message);
      count += there.total();
    }
    return count;
  }

  /// Chooses one member; empty if there is none.
  public <M> Optional<ProcessRef<M>> pick(Group<M> group, Pick how) {
    Members members = groups.get(group.name());
    if (members == null) {
      return Optional.empty();
    }
    Members.View view = members.view(group.protocol());
    boolean ownOnly = how == Pick.LEAST_BUSY && view.own.length > 0;
    ProcessRef<?>[] all = ownOnly ? view.own : view.all();
    if (all.length == 0) {
      return Optional.empty();
    }
    int index =
        switch (how) {
          case ROUND_ROBIN -> Math.floorMod(members.nextTurn(), all.length);
          case RANDOM -> node.entropy().below(all.length);
          case LEAST_BUSY -> leastBusy(members.nextTurn(), all);
        };
    return Optional.of(typed(all[index]));
  }

  private int leastBusy(int turn, ProcessRef<?>[] all) {
    IntUnaryOperator place = offset -> Math.floorMod(turn + offset, all.length);
    int best = place.applyAsInt(0);
    int least = node.mailboxDepth(all[best]);
    for (int offset = 1; offset < all.length && least > 0; offset++) {
      int candidate = place.applyAsInt(offset);
      int depth = node.mailboxDepth(all[candidate]);
      if (depth < least) {
        best = candidate;
        least = depth;
      }
    }
    return best;
  }

  @SuppressWarnings("unchecked") // a view has members of the group's protocol only
  private static <M> ProcessRef<M> typed(ProcessRef<?> member) {
    return (ProcessRef<M>) member;
  }

  // Watching

  /// What a watcher gets first: who is where at the moment from which on it is told of changes.
  ///
  /// @param members the memberships, as if each were just joined
  /// @param cancel ends the watch
  public record Watch(List<Membership.Joined> members, Cancel cancel) {
    public Watch {
      members = List.copyOf(members);
    }
  }

  /// Tells a process of every change in this scope from now on, with no gap to the snapshot it
  /// returns (PG-4).
  public <W> Watch watch(Self<W> self, Function<? super Membership, ? extends W> as) {
    return addWatch(self, null, as);
  }

  /// Tells a process of every change in one group from now on; as [#watch(Self, Function)].
  public <W> Watch watch(
      Self<W> self, Group<?> group, Function<? super Membership, ? extends W> as) {
    return addWatch(self, group.name(), as);
  }

  private <W> Watch addWatch(
      Self<W> self, @Nullable String group, Function<? super Membership, ? extends W> as) {
    Alias<Membership> alias = self.alias(Membership.class, as);
    Watcher watcher = new Watcher(group, alias);
    node.attach(self.ref(), _ -> removeWatcher(watcher));
    synchronized (this) {
      watchers.add(watcher);
      return new Watch(
          snapshot(group),
          () -> {
            removeWatcher(watcher);
            return alias.cancel();
          });
    }
  }

  private synchronized void removeWatcher(Watcher watcher) {
    watchers.remove(watcher);
  }

  /// Who is where now, group by group.
  public synchronized List<Membership.Joined> snapshot() {
    return snapshot(null);
  }

  private List<Membership.Joined> snapshot(@Nullable String only) {
    List<Membership.Joined> all = new ArrayList<>();
    for (String group : groups()) {
      Members members = groups.get(group);
      if (members != null && (only == null || only.equals(group))) {
        members.pids().forEach(pid -> all.add(new Membership.Joined(group, pid)));
      }
    }
    return all;
  }

  /// Calls a listener for each change from now on, on the thread that causes it and in one order
  /// for all of them: for services of this node. Processes watch.
  public synchronized void listen(Listener listener) {
    for (Membership.Joined known : snapshot(null)) {
      listener.changed(known, total(known.group()));
    }
    listeners.add(listener);
  }

  private int total(String group) {
    Members members = groups.get(group);
    return members == null ? 0 : members.total();
  }

  // For a scope that spans nodes, which holds the lock

  Node node() {
    return node;
  }

  String name() {
    return name;
  }

  long version() {
    return version;
  }

  /// All of this node's own members.
  List<Row> rows() {
    return groups.values().stream().flatMap(Members::rows).toList();
  }

  /// The members of a group; null if it has none.
  @Nullable Members find(String group) {
    return groups.get(group);
  }

  /// The members that another node has in a group; null if it has none any more.
  void show(String group, NodeName of, @Nullable FarMembers there) {
    Members members = membersOf(group);
    members.show(of, there);
    dropIfEmpty(group, members);
  }

  private Members membersOf(String group) {
    return groups.computeIfAbsent(group, _ -> new Members(node, group, this));
  }

  private void dropIfEmpty(String group, Members members) {
    if (members.isEmpty()) {
      groups.remove(group);
    }
  }

  /// Tells watchers.
  void tell(Membership change) {
    if (!listeners.isEmpty()) {
      int total = total(change.group());
      listeners.forEach(listener -> listener.changed(change, total));
    }
    for (Watcher watcher : watchers) {
      if (watcher.group == null || watcher.group.equals(change.group())) {
        node.tell(watcher.to, change);
      }
    }
  }
}
