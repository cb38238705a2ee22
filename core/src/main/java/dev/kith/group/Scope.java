package dev.kith.group;

import dev.kith.process.Alias;
import dev.kith.process.Cancel;
import dev.kith.process.Node;
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
/// processes of this node can join.
///
/// **Ordering.** A broadcast reaches each member as if it had been sent to that member alone, so it
/// keeps its place among the sender's other messages. Watchers see the changes of a scope in one
/// order, the same for all. **Threading.** Any thread. **Limits.** Groups and members are not
/// bounded here: each was asked for by a process, and goes with it.
public final class Scope {
  private final Node node;

  /// By name. Read by anybody, changed under the lock, which is this object's.
  private final Map<String, Members<?>> groups = new ConcurrentHashMap<>();

  /// What each process has joined, in order, once for each time. Guarded by the lock.
  private final Map<Pid, List<String>> joined = new HashMap<>();

  /// Who is told of changes. Guarded by the lock.
  private final List<Watcher> watchers = new ArrayList<>();

  private record Watcher(@Nullable String group, ProcessRef<Membership> to) {}

  private Scope(Node node) {
    this.node = node;
  }

  /// A new scope on a node.
  public static Scope on(Node node) {
    return new Scope(node);
  }

  // Changing

  /// Adds a process to a group, once more if it is in. Does nothing for a process that has ended.
  ///
  /// @throws IllegalArgumentException if the process is of another node, or the name is in use for
  ///   another protocol
  public synchronized <M> void join(Group<M> group, ProcessRef<M> member) {
    Pid pid = member.pid();
    requireLocal(pid);
    Members<M> members = known(group);
    if (!joined.containsKey(pid)) {
      if (!node.attach(member, this::ended)) {
        return;
      }
      joined.put(pid, new ArrayList<>(1));
    }
    if (members == null) {
      members = new Members<>(group, this);
      groups.put(group.name(), members);
    }
    members.add(member);
    listOf(pid).add(group.name());
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

  private void remove(String name, Pid pid) {
    Members<?> members = groups.get(name);
    if (members == null || !members.remove(pid)) {
      throw new IllegalStateException(pid + " is not in " + name);
    }
    if (members.isEmpty()) {
      groups.remove(name);
    }
    tell(new Membership.Left(name, pid));
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

  /// Who is in a group, in the order they first joined, each as often as it has.
  public <M> List<ProcessRef<M>> members(Group<M> group) {
    Members<M> members = known(group);
    return members == null
        ? List.of()
        : Arrays.stream(members.array()).<ProcessRef<M>>map(members::typed).toList();
  }

  /// Sends a message to every member, as often as it has joined.
  ///
  /// @return to how many
  public <M> int broadcast(Group<M> group, M message) {
    Members<M> members = known(group);
    if (members == null) {
      return 0;
    }
    ProcessRef<?>[] all = members.array();
    for (ProcessRef<?> member : all) {
      members.typed(member).send(message);
    }
    return all.length;
  }

  /// Chooses one member; empty if there is none.
  public <M> Optional<ProcessRef<M>> pick(Group<M> group, Pick how) {
    Members<M> members = known(group);
    ProcessRef<?>[] all = members == null ? new ProcessRef<?>[0] : members.array();
    if (members == null || all.length == 0) {
      return Optional.empty();
    }
    int index =
        switch (how) {
          case ROUND_ROBIN -> Math.floorMod(members.nextTurn(), all.length);
          case RANDOM -> node.entropy().below(all.length);
          case LEAST_BUSY -> leastBusy(members.nextTurn(), all);
        };
    return Optional.of(members.typed(all[index]));
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

  /// The group's members; null if it has none.
  @SuppressWarnings("unchecked") // the protocols are compared
  private <M> @Nullable Members<M> known(Group<M> group) {
    Members<?> members = groups.get(group.name());
    if (members != null && members.group.protocol() != group.protocol()) {
      throw new IllegalArgumentException(
          "the group %s is for %s, not for %s"
              .formatted(
                  group.name(), members.group.protocol().getName(), group.protocol().getName()));
    }
    return (Members<M>) members;
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

  private List<Membership.Joined> snapshot(@Nullable String only) {
    List<Membership.Joined> all = new ArrayList<>();
    for (String name : groups()) {
      Members<?> members = groups.get(name);
      if (members != null && (only == null || only.equals(name))) {
        for (ProcessRef<?> member : members.array()) {
          all.add(new Membership.Joined(name, member.pid()));
        }
      }
    }
    return all;
  }

  private void tell(Membership change) {
    for (Watcher watcher : watchers) {
      if (watcher.group == null || watcher.group.equals(change.group())) {
        node.tell(watcher.to, change);
      }
    }
  }
}
