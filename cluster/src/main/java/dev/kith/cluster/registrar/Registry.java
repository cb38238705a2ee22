package dev.kith.cluster.registrar;

import dev.kith.process.NodeName;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * What an engine without such ideas of its own has to agree on: a log of these commands, in one order, is all
 * that is replicated. Commands that come twice, or too late, do nothing or are refused (but for a Join,
 * which begins another stay); so whoever does not know what became of one may say it again.
 *
 * Time is not in it. Each member renews its stay by a number; whoever looks after the log (Keeper) lets a
 * stay expire that has shown the same number for the time of a session, and names that number: a renewal that
 * came first makes the expiry void.
 */
/// Members, leases and notes, as a state machine: the same commands make the same state everywhere.
///
/// **Threading.** One thread at a time.
public final class Registry {
  private static final int MEMBERS_MAX = 10_000;
  private static final int LEASES_MAX = 1_000_000;

  /// How many commands were applied. Stays and tokens are numbers of commands.
  private long version;

  /// Members, by stay.
  private final SortedMap<Long, Entry> stays = new TreeMap<>();

  private final SortedMap<String, Lease> leases = new TreeMap<>();
  private final SortedMap<String, String> notes = new TreeMap<>();

  /// A member, and the number of its last sign of life.
  record Entry(Member member, long renewed) {}

  /// What changes the state.
  public sealed interface Command {
    /// A node wants to be a member.
    record Join(NodeName node, int incarnation, String address) implements Command {}

    /// A member gives a sign of life.
    ///
    /// @param number greater each time
    record Renew(long stay, long number) implements Command {}

    /// A member has given no other sign of life than this for too long.
    record Expire(long stay, long renewed) implements Command {}

    /// A member leaves.
    record Leave(long stay) implements Command {}

    /// A member wants a lease.
    record Acquire(long stay, String lease, String value) implements Command {}

    /// A member gives one back.
    record Release(long stay, String lease, long token) implements Command {}

    /// Who holds a lease writes something down.
    record Write(String lease, long token, String note, String value) implements Command {}

    /// Somebody wants to know what was written down last.
    record Read(String note) implements Command {}
  }

  /// What came of a command.
  ///
  /// @param result the member, lease, text or perhaps text that it is about; or why not
  /// @param changes that it made, in order
  public record Applied(Attempt<?> result, List<Change> changes) {
    public Applied {
      changes = List.copyOf(changes);
    }
  }

  /// Nobody is there.
  public Registry() {}

  /// The members, by stay.
  public List<Member> members() {
    return stays.values().stream().map(Entry::member).toList();
  }

  /// The leases that are held, by name.
  public List<Lease> leases() {
    return List.copyOf(leases.values());
  }

  /// The changes that make this of nothing.
  public void replay(Consumer<? super Change> each) {
    members().forEach(member -> each.accept(new Change.Joined(member)));
    leases().forEach(lease -> each.accept(new Change.Held(lease)));
  }

  /// Writes the whole state.
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(version);
    out.writeInt(stays.size());
    for (Entry stay : stays.values()) {
      RegistryFormat.write(stay.member, out);
      out.writeLong(stay.renewed);
    }
    out.writeInt(leases.size());
    for (Lease lease : leases.values()) {
      RegistryFormat.write(lease, out);
    }
    out.writeInt(notes.size());
    for (Map.Entry<String, String> note : notes.entrySet()) {
      RegistryFormat.text(note.getKey(), out);
      RegistryFormat.text(note.getValue(), out);
    }
  }

  /// Takes a whole state, in place of what was here.
  public void readFrom(DataInput in) throws IOException {
    stays.clear();
    leases.clear();
    notes.clear();
    version = in.readLong();
    for (int i = in.readInt(); i > 0; i--) {
      Member member = RegistryFormat.member(in);
      stays.put(member.stay(), new Entry(member, in.readLong()));
    }
    for (int i = in.readInt(); i > 0; i--) {
      Lease lease = RegistryFormat.lease(in);
      leases.put(lease.name(), lease);
    }
    for (int i = in.readInt(); i > 0; i--) {
      notes.put(RegistryFormat.text(in), RegistryFormat.text(in));
    }
  }

  List<Entry> stays() {
    return List.copyOf(stays.values());
  }

  /// Applies the next command.
  public Applied apply(Command command) {
    version++;
    List<Change> changes = new ArrayList<>();
    Attempt<?> result =
        switch (command) {
          case Command.Join join -> join(join, changes);
          case Command.Renew(long stay, long number) -> renew(stay, number);
          case Command.Expire(long stay, long renewed) -> expire(stay, renewed, changes);
          case Command.Leave(long stay) -> leave(stay, changes);
          case Command.Acquire acquire -> acquire(acquire, changes);
          case Command.Release release -> release(release, changes);
          case Command.Write write -> write(write);
          case Command.Read(String note) ->
              new Attempt.Done<>(Optional.ofNullable(notes.get(note)));
        };
    return new Applied(result, changes);
  }

  private Attempt<?> join(Command.Join join, List<Change> changes) {
    Optional<Member> earlier =
        members().stream().filter(member -> member.node().equals(join.node())).findFirst();
    if (earlier.isPresent()) {
      Member before = earlier.get();
      if (before.incarnation() != join.incarnation()) {
        return new Attempt.Refused<>(before.refusal());
      }
      end(before.stay(), changes);
    }
    if (stays.size() >= MEMBERS_MAX) {
      return new Attempt.Refused<>(MEMBERS_MAX + " members are as many as there can be");
    }
    Member member = new Member(join.node(), join.incarnation(), join.address(), version);
    stays.put(version, new Entry(member, 0));
    changes.add(new Change.Joined(member));
    return new Attempt.Done<>(member);
  }

  private Attempt<?> renew(long stay, long number) {
    Entry known = stays.get(stay);
    if (known == null) {
      return removed(stay);
    }
    stays.put(stay, new Entry(known.member, Math.max(known.renewed, number)));
    return new Attempt.Done<>(known.member);
  }

  private static Attempt<?> removed(long stay) {
    return new Attempt.Refused<>("stay " + stay + " has ended");
  }

  private Attempt<?> expire(long stay, long renewed, List<Change> changes) {
    Entry known = stays.get(stay);
    if (known == null || known.renewed != renewed) {
      return new Attempt.Refused<>("stay " + stay + " was renewed, or has ended");
    }
    end(stay, changes);
    return new Attempt.Done<>(known.member);
  }

  private Attempt<?> leave(long stay, List<Change> changes) {
    Entry known = stays.get(stay);
    if (known == null) {
      return removed(stay);
    }
    end(stay, changes);
    return new Attempt.Done<>(known.member);
  }

  private void end(long stay, List<Change> changes) {
    for (Lease lease : leases()) {
      if (lease.stay() == stay) {
        leases.remove(lease.name());
        changes.add(new Change.Freed(lease));
      }
    }
    Entry ended = stays.remove(stay);
    if (ended != null) {
      changes.add(new Change.Removed(ended.member));
    }
  }

  private Attempt<?> acquire(Command.Acquire wanted, List<Change> changes) {
    Entry stay = stays.get(wanted.stay());
    if (stay == null) {
      return removed(wanted.stay());
    }
    Lease held = leases.get(wanted.lease());
    if (held != null) {
      return new Attempt.Refused<>(held.refusal());
    }
    if (leases.size() >= LEASES_MAX) {
      return new Attempt.Refused<>(LEASES_MAX + " leases are as many as there can be");
    }
    Lease lease =
        new Lease(wanted.lease(), stay.member.node(), wanted.stay(), version, wanted.value());
    leases.put(lease.name(), lease);
    changes.add(new Change.Held(lease));
    return new Attempt.Done<>(lease);
  }

  private Attempt<?> release(Command.Release release, List<Change> changes) {
    Lease held = heldBy(release.lease(), release.token());
    if (held == null || held.stay() != release.stay()) {
      return notHeld(release.lease());
    }
    leases.remove(held.name());
    changes.add(new Change.Freed(held));
    return new Attempt.Done<>(held);
  }

  private Attempt<?> write(Command.Write write) {
    if (heldBy(write.lease(), write.token()) == null) {
      return notHeld(write.lease());
    }
    notes.put(write.note(), write.value());
    return new Attempt.Done<>(write.value());
  }

  private @Nullable Lease heldBy(String lease, long token) {
    Lease held = leases.get(lease);
    return held != null && held.token() == token ? held : null;
  }

  private Attempt<?> notHeld(String lease) {
    Lease held = leases.get(lease);
    return new Attempt.Refused<>(held == null ? lease + " is free" : "held by " + held);
  }
}
