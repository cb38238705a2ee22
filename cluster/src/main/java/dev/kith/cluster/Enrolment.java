package dev.kith.cluster;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.RegistrarEvent;
import dev.kith.cluster.registrar.View;
import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Self;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// This node among the members: joins, stays, and joins again when it was removed, for as long as
/// the cluster runs.
///
/// **The rule for those who can be reached and those who are members.** Links say who can be
/// reached; the registrar says who exists. A member that cannot be reached keeps what it holds, and
/// its rows in groups are hidden, until either changes. A node that can be reached and is no member
/// is heard as any other, and holds nothing. The registrar ends no link; what makes one is that a
/// member's address is told, as other nodes tell those of others.
///
/// Changes are published as [RegistrarEvent]s. **Threading.** Any thread; only the calls whose
/// names say so wait.
public final class Enrolment {
  /// The lease of who leads.
  static final String LEADER = "kith.leader";

  private final Node node;

  /// What is known, written by the steward.
  private volatile View view = new View();

  private volatile Optional<Member> own = Optional.empty();

  /// Null before the steward has begun.
  private volatile @Nullable Registrar registrar;

  Enrolment(Node node) {
    this.node = node;
  }

  // What the steward says

  void begin(Registrar with) {
    registrar = with;
    forget();
  }

  /// A stay is over.
  void forget() {
    view = new View();
    own = Optional.empty();
  }

  /// There is no steward any more; should it have been killed, its registrar is open still.
  void end() {
    Registrar before = registrar;
    registrar = null;
    forget();
    if (before != null) {
      before.close();
    }
  }

  void changed(Change change) {
    if (!view.apply(change)) {
      return;
    }
    switch (change) {
      case Change.Joined(Member member) -> publish(new RegistrarEvent.MemberJoined(member));
      case Change.Removed(Member member) -> publish(new RegistrarEvent.MemberRemoved(member));
      case Change.Held(Lease lease) -> leads(lease.name());
      case Change.Freed(Lease lease) -> leads(lease.name());
    }
  }

  private void publish(RegistrarEvent event) {
    node.events().publish(event);
  }

  private void leads(String lease) {
    if (lease.equals(LEADER)) {
      publish(new RegistrarEvent.LeaderChanged(leader()));
    }
  }

  void is(Optional<Member> member) {
    own = member;
  }

  // What is known

  /// All members, those who have been there longest first, as far as this node has heard.
  public List<Member> members() {
    return view.members();
  }

  /// The member with a name.
  public Optional<Member> member(NodeName name) {
    return view.member(name);
  }

  /// This node's own stay; empty while it has none.
  public Optional<Member> own() {
    return own;
  }

  /// Whether this node is certainly a member at this moment; see [Registrar#isSure].
  public boolean isSure() {
    Registrar by = registrar;
    return by != null && own.isPresent() && by.isSure();
  }

  /// Who holds a lease, as far as this node has heard.
  public Optional<Lease> lease(String name) {
    return view.lease(name);
  }

  /// Who leads, as far as this node has heard. A leader that cannot reach the registrar is replaced
  /// within [Registrar#session] and a moment, and knows before that that it may be.
  public Optional<Lease> leader() {
    return lease(LEADER);
  }

  /// Whether this node certainly leads at this moment.
  public boolean leads() {
    Optional<Member> me = own;
    return isSure()
        && leader().filter(lease -> me.isPresent() && lease.stay() == me.get().stay()).isPresent();
  }

  /// Whether a lease is certainly this node's at this moment.
  public boolean holds(Lease lease) {
    return isSure() && lease(lease.name()).filter(lease::equals).isPresent();
  }

  // Leases

  /// Wants a lease, and waits for it in the line of those who want it on this node.
  ///
  /// @param name up to [Registrar#NAME_MAX] characters
  /// @param value told to all with the lease, up to [Registrar#VALUE_MAX] characters
  /// @param within how long to wait; then the answer says who holds it, or what is waited for
  public <W> Cancel acquire(
      Self<W> self,
      String name,
      String value,
      Duration within,
      Function<? super Answer<Attempt<Lease>>, ? extends W> as) {
    return self.<Attempt<Lease>, Steward.Acquire>ask(
        Steward.NAME, new Steward.Acquire(name, value, within), within.plus(Steward.GRACE), as);
  }

  /// As [#acquire], and waits.
  public Attempt<Lease> acquireAndWait(String name, String value, Duration within) {
    return node.<Attempt<Lease>, Steward.Acquire>call(
        Steward.NAME, new Steward.Acquire(name, value, within), within.plus(Steward.GRACE));
  }

  /// Gives a lease back, and waits until that is known.
  public Attempt<Lease> releaseAndWait(Lease lease, Duration within) {
    return node.<Attempt<Lease>, Steward.Release>call(
        Steward.NAME, new Steward.Release(lease, within), within.plus(Steward.GRACE));
  }

  /// Gives a lease back.
  public void release(Lease lease) {
    node.whereis(Steward.NAME)
        .ifPresent(steward -> node.tell(steward, new Steward.GiveBack(lease)));
  }
}
