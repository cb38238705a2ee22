package dev.kith.group;

import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Changes are rare and senders many, or there are a million changes before the first sender comes. So the
 * table is changed in place, under the scope's lock, and senders walk an array that is made from it when
 * one asks after a change, and shared until the next.
 */
/// Who is in one group, in the order they first joined.
///
/// **Threading.** Changed under the scope's lock; [#array] by anybody.
final class Members<M> {
  final Group<M> group;
  private final Object lock;
  private final Map<Pid, Member> members = new LinkedHashMap<>();

  /// The members as senders see them; null after a change. Cleared under the lock, read by anybody.
  private volatile ProcessRef<?> @Nullable [] array;

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

  Members(Group<M> group, Object lock) {
    this.group = group;
    this.lock = lock;
  }

  void add(ProcessRef<M> member) {
    members.computeIfAbsent(member.pid(), _ -> new Member(member)).times++;
    array = null;
  }

  /// Takes away one membership; false if there is none.
  boolean remove(Pid pid) {
    Member member = members.get(pid);
    if (member == null) {
      return false;
    }
    if (--member.times == 0) {
      members.remove(pid);
    }
    array = null;
    return true;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /// Every member as often as it has joined. Not to be changed.
  ProcessRef<?>[] array() {
    ProcessRef<?>[] known = array;
    if (known != null) {
      return known;
    }
    synchronized (lock) {
      ProcessRef<?>[] made =
          members.values().stream()
              .flatMap(member -> Collections.nCopies(member.times, member.ref).stream())
              .toArray(ProcessRef<?>[]::new);
      array = made;
      return made;
    }
  }

  /// A number that goes up by one for each pick.
  int nextTurn() {
    int mine = turn;
    turn = mine + 1;
    return mine;
  }

  @SuppressWarnings("unchecked") // only members with the group's protocol are let in
  ProcessRef<M> typed(ProcessRef<?> member) {
    return (ProcessRef<M>) member;
  }
}
