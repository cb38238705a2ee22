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
import dev.kith.process.Self;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
/// Changes are published as [RegistrarEvent]s: who counts with them has what [#members] and
/// [#leader] say. A node whose own stay has ended sees nobody, until it has joined again.
/// **Threading.** Any thread; only the calls whose names say so wait.
public final class Enrolment {
  /// The lease of who leads.
  static final String LEADER = "kith.leader";

  private final Node node;

  /// What is known, written by the steward.
  private final View view = new View();

  private volatile Optional<Member> own = Optional.empty();

  /// The leases of this stay that somebody here has, by name, written by the steward. They outlive
  /// it: as long as its registrar is open they are held.
  private final Map<String, Lease> held = new ConcurrentHashMap<>();

  /// Null before one was opened. Written under this object's lock.
  private volatile @Nullable Registrar registrar;

  /// How often one was to be opened, or nobody wanted one any more. Under this object's lock.
  private int openings;

  Enrolment(Node node) {
    this.node = node;
  }

  // What the steward says

  /// A registrar is to be opened; one that is opened for an earlier wish is closed.
  synchronized int opening() {
    close(taken());
    return openings;
  }

  /// One was opened, which may have taken longer than anybody waited for it.
  ///
  /// @throws IllegalStateException if nobody wants it any more
  Registrar opened(int opening, Registrar with) {
    synchronized (this) {
      if (opening == openings) {
        registrar = with;
        return with;
      }
    }
    with.close();
    throw new IllegalStateException("nobody waits for this registrar any more");
  }

  /// The registrar, which nobody wants any more, nor one that is being opened.
  private synchronized @Nullable Registrar taken() {
    Registrar before = registrar;
    registrar = null;
    openings++;
    return before;
  }

  private static void close(@Nullable Registrar registrar) {
    if (registrar != null) {
      registrar.close();
    }
  }

  /// A stay is over, and so is all that was held in it.
  void forget() {
    own = Optional.empty();
    view.differences(new View()).forEach(this::changed);
    held().forEach(this::lost);
  }

  /// There is no steward any more; should it have been killed, its registrar is open still. Whoever
  /// holds something ends before another can have it.
  void end() {
    if (own.isPresent()) {
      publish(
          new RegistrarEvent.StayChanged(
              Registrar.Confidence.REMOVED, "what speaks with the registrar has ended"));
    }
    forget();
    close(taken());
  }

  /// Somebody here has a lease.
  void granted(Lease lease) {
    held.put(lease.name(), lease);
  }

  /// Nobody here has this lease any more, by their own will.
  void givenBack(Lease lease) {
    held.remove(lease.name(), lease);
  }

  /// A lease is nobody's here: should somebody have it, they have lost it. It is held until they
  /// have ended, so that a successor of the steward, who may be killed at any moment, finds it.
  void lost(Lease lease) {
    if (isHeld(lease)) {
      ExclusiveNames.fence(node, lease);
      held.remove(lease.name(), lease);
      publish(new RegistrarEvent.LeaseLost(lease));
    }
  }

  /// The leases that somebody here has.
  List<Lease> held() {
    return List.copyOf(held.values());
  }

  /// Whether somebody here has this lease.
  boolean isHeld(Lease lease) {
    return lease.equals(held.get(lease.name()));
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

  void joined(Member member) {
    own = Optional.of(member);
  }

  // What is known

  /// All members, those who have been there longest first, as far as this node has heard.
  public List<Member> members() {
    return view.members();
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
  /// in about the time of a [session][Registrar#session], or later if the engine itself changes
  /// meanwhile, and knows before that that it may be.
  public Optional<Lease> leader() {
    return lease(LEADER);
  }

  /// Whether this node certainly leads at this moment.
  public boolean leads() {
    Optional<Member> me = own;
    return isSure()
        && leader().filter(lease -> me.isPresent() && lease.stay() == me.get().stay()).isPresent();
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
