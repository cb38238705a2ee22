package dev.kith.registrar.zookeeper;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Deadline;
import dev.kith.cluster.registrar.Member;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.data.Stat;

/// One node's way to become a member: makes the places that are wanted, then its own entry. An
/// earlier stay of the same life may be in the way, whose session nobody keeps alive any more: it
/// is waited for, since what it holds goes with it.
///
/// **Threading.** One thread at a time.
final class Joining {
  /// So often an entry may be found in the way and be gone again.
  private static final int TRIES = 5;

  private static final Duration LATER = Duration.ofMillis(100);

  private final Clock clock;
  private final Steps steps;
  private final Tree tree;
  private final NodeName node;
  private final int incarnation;
  private final String address;
  private final AtomicReference<String> holdup;
  private final Deadline<Presence> then;
  private int tries;

  /// @param holdup is told what is being waited for
  Joining(
      Clock clock,
      Steps steps,
      Tree tree,
      NodeName node,
      int incarnation,
      String address,
      AtomicReference<String> holdup,
      Deadline<Presence> then) {
    this.clock = clock;
    this.steps = steps;
    this.tree = tree;
    this.node = node;
    this.incarnation = incarnation;
    this.address = address;
    this.holdup = holdup;
    this.then = then;
  }

  void begin() {
    places(List.of(tree.members(), tree.leases(), tree.proofs(), tree.notes()));
  }

  private void places(List<String> wanted) {
    if (wanted.isEmpty()) {
      steps.rights(tree.root(), this::owned);
      return;
    }
    steps.place(
        wanted.getFirst(),
        event -> {
          switch (Steps.code(event)) {
            case OK, NODEEXISTS -> places(wanted.subList(1, wanted.size()));
            default -> failed(event);
          }
        });
  }

  private void failed(CuratorEvent event) {
    then.accept(steps.failure(Steps.code(event)));
  }

  /// The places may have been there before, made by who knows whom.
  private void owned(CuratorEvent event) {
    switch (Steps.code(event)) {
      case OK -> {
        Optional<String> open = steps.open(event.getACLList());
        open.ifPresentOrElse(why -> then.accept(new Attempt.Refused<>(why)), this::enter);
      }
      default -> failed(event);
    }
  }

  private void enter() {
    if (!then.isOpen()) {
      return; // the next attempt finds what this one has made
    }
    Session session = steps.session();
    if (session == null) {
      enterLater();
      return;
    }
    Optional<String> objection = steps.objection(session);
    if (objection.isPresent()) {
      then.accept(new Attempt.Refused<>(objection.get()));
      return;
    }
    session.enter(
        tree.member(node),
        Tree.bytes(incarnation, address),
        code -> {
          switch (code) {
            case OK, NODEEXISTS -> steps.read(tree.member(node), event -> found(session, event));
            case CONNECTIONLOSS -> enterLater();
            default -> then.accept(steps.failure(code));
          }
        });
  }

  private void enterLater() {
    var _ =
        clock.schedule(
            clock.nanos() + LATER.toNanos(), () -> Thread.ofVirtual().start(this::enter));
  }

  private void enterAgain() {
    if (++tries > TRIES) {
      then.accept(new Attempt.Unknown<>("entries of " + node + " come and go"));
    } else {
      enter();
    }
  }

  private void found(Session session, CuratorEvent event) {
    switch (Steps.code(event)) {
      case OK -> {
        Stat entry = event.getStat();
        Member there = Tree.memberOf(event.getPath(), event.getData(), entry.getCzxid());
        if (there == null) {
          session.clear(event.getPath(), _ -> enterAgain());
        } else if (entry.getEphemeralOwner() == session.id()) {
          then.accept(new Attempt.Done<>(new Presence(there, session)));
        } else if (there.incarnation() == incarnation) {
          holdup.set("an earlier stay, " + there + ", holds what it had until its session ends");
          enterLater();
        } else {
          then.accept(new Attempt.Refused<>(there.refusal()));
        }
      }
      case NONODE -> enterAgain();
      default -> failed(event);
    }
  }
}
