package dev.kith.cluster.registrar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// Who is there and who holds what, as far as changes have told.
///
/// **Threading.** One thread at a time applies; any thread reads.
public final class View {
  private final SortedMap<Long, Member> members = new ConcurrentSkipListMap<>();
  private final SortedMap<String, Lease> leases = new ConcurrentSkipListMap<>();

  /// Nobody is there.
  public View() {}

  /// What a registry has.
  public static View of(Registry registry) {
    View view = new View();
    registry.replay(view::apply);
    return view;
  }

  /// Takes a change in.
  ///
  /// @return whether anything is different now
  public boolean apply(Change change) {
    return switch (change) {
      case Change.Joined(Member member) -> !member.equals(members.put(member.stay(), member));
      case Change.Removed(Member member) -> members.remove(member.stay()) != null;
      case Change.Held(Lease lease) -> !lease.equals(leases.put(lease.name(), lease));
      case Change.Freed(Lease lease) -> leases.remove(lease.name(), lease);
    };
  }

  /// The changes that make this of nothing.
  public void replay(Consumer<? super Change> each) {
    members.values().forEach(member -> each.accept(new Change.Joined(member)));
    leases.values().forEach(lease -> each.accept(new Change.Held(lease)));
  }

  /// The changes that make that of this.
  public List<Change> differences(View that) {
    List<Change> changes = new ArrayList<>();
    leases().stream()
        .filter(lease -> !that.lease(lease.name()).equals(Optional.of(lease)))
        .forEach(lease -> changes.add(new Change.Freed(lease)));
    members().stream()
        .filter(member -> !that.members.containsKey(member.stay()))
        .forEach(member -> changes.add(new Change.Removed(member)));
    that.replay(change -> {
      if (!has(change)) {
        changes.add(change);
      }
    });
    return changes;
  }

  private boolean has(Change change) {
    return switch (change) {
      case Change.Joined(Member member) -> members.containsKey(member.stay());
      case Change.Held(Lease lease) -> lease(lease.name()).equals(Optional.of(lease));
      case Change.Removed _, Change.Freed _ -> false;
    };
  }

  /// The members, by stay: who has been here longest comes first.
  public List<Member> members() {
    return List.copyOf(members.values());
  }

  /// The leases that are held, by name.
  public List<Lease> leases() {
    return List.copyOf(leases.values());
  }

  /// Who holds a lease.
  public Optional<Lease> lease(String name) {
    return Optional.ofNullable(leases.get(name));
  }
}
