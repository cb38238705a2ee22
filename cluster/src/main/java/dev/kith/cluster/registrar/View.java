package dev.kith.cluster.registrar;

import dev.kith.process.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Who is there and who holds what, as far as changes have told.
///
/// **Threading.** One thread at a time.
public final class View {
  private final SortedMap<Long, Member> members = new TreeMap<>();
  private final SortedMap<String, Lease> leases = new TreeMap<>();

  /// Nobody is there.
  public View() {}

  /// Takes a change in.
  public void apply(Change change) {
    switch (change) {
      case Change.Joined(Member member) -> members.put(member.stay(), member);
      case Change.Removed(Member member) -> members.remove(member.stay());
      case Change.Held(Lease lease) -> leases.put(lease.name(), lease);
      case Change.Freed(Lease lease) -> leases.remove(lease.name(), lease);
    }
  }

  /// The changes that make this of nothing.
  public void replay(Consumer<? super Change> each) {
    members.values().forEach(member -> each.accept(new Change.Joined(member)));
    leases.values().forEach(lease -> each.accept(new Change.Held(lease)));
  }

  /// The members, by stay: who has been here longest comes first.
  public List<Member> members() {
    return List.copyOf(members.values());
  }

  /// The member with this name.
  public Optional<Member> member(NodeName node) {
    return members.values().stream().filter(member -> member.node().equals(node)).findFirst();
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
