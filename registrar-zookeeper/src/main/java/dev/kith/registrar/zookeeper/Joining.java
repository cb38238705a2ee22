package dev.kith.registrar.zookeeper;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Deadline;
import dev.kith.cluster.registrar.Member;
import dev.kith.process.NodeName;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.api.CuratorEvent;

/// One node's way to become a member: makes the places that are wanted, then its own entry, and
/// takes an entry of an earlier stay of the same life out of the way.
///
/// **Threading.** One thread at a time.
final class Joining {
  /// So often an entry may be found in the way and be gone again.
  private static final int TRIES = 5;

  private final Steps steps;
  private final Tree tree;
  private final NodeName node;
  private final int incarnation;
  private final String address;
  private final Deadline<Member> then;
  private int tries;

  Joining(
      Steps steps,
      Tree tree,
      NodeName node,
      int incarnation,
      String address,
      Deadline<Member> then) {
    this.steps = steps;
    this.tree = tree;
    this.node = node;
    this.incarnation = incarnation;
    this.address = address;
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
    then.accept(steps.failure(event));
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
    Optional<String> tooShort = steps.shortSession();
    if (tooShort.isPresent()) {
      then.accept(new Attempt.Refused<>(tooShort.get()));
      return;
    }
    if (++tries > TRIES) {
      then.accept(new Attempt.Unknown<>("entries of " + node + " come and go"));
      return;
    }
    steps.enter(
        tree.member(node),
        Tree.bytes(incarnation, address),
        event -> {
          switch (Steps.code(event)) {
            case OK, NODEEXISTS -> steps.read(tree.member(node), this::found);
            default -> failed(event);
          }
        });
  }

  private void found(CuratorEvent event) {
    switch (Steps.code(event)) {
      case OK -> {
        Member there = Tree.memberOf(event.getPath(), event.getData(), event.getStat().getCzxid());
        if (there != null && event.getStat().getEphemeralOwner() == steps.session()) {
          then.accept(new Attempt.Done<>(there));
        } else if (there == null || there.incarnation() == incarnation) {
          steps.delete(tree.member(node), _ -> enter());
        } else {
          then.accept(new Attempt.Refused<>(there.refusal()));
        }
      }
      case NONODE -> enter();
      default -> failed(event);
    }
  }
}
