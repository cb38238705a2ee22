package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// One process's record of its link with one peer (LNK-2), and at the same time the exit signal
/// that will tell the peer: when the owner ends, the record itself is pushed, so that dying
/// allocates nothing.
///
/// The same protocol is spoken whether the peer is local or remote.
final class Link extends Control {
  final LocalProcess<?> owner;
  final LocalProcess<?> peer;

  /// False between an unlink and its acknowledgement.
  private boolean active = true;

  /// The unlink that is not yet acknowledged; 0 if there is none.
  private long unlinkId;

  Link(LocalProcess<?> owner, LocalProcess<?> peer) {
    this.owner = owner;
    this.peer = peer;
  }

  boolean isActive() {
    return active;
  }

  /// The owner links again: an outstanding unlink's acknowledgement will be ignored.
  void activate() {
    active = true;
    unlinkId = 0;
  }

  /// The owner unlinks.
  void deactivate(long id) {
    active = false;
    unlinkId = id;
  }

  /// Whether this acknowledgement ends the record.
  boolean isEndedBy(long id) {
    return !active && unlinkId == id;
  }

  /// The owner has ended: the peer's side reacts.
  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    return ExitRules.linkedEnded(receiver, owner);
  }

  /// Somebody links with the receiver.
  static final class Request extends Control {
    private final LocalProcess<?> from;

    Request(LocalProcess<?> from) {
      this.from = from;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.extras().links.requested(receiver, from);
      return null;
    }

    @Override
    void refuse(LocalProcess<?> receiver, ExitReason reason) {
      from.signal(new Refused(receiver));
    }
  }

  /// There was nobody to link with.
  private static final class Refused extends Control {
    private final LocalProcess<?> peer;

    Refused(LocalProcess<?> peer) {
      this.peer = peer;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      return ExitRules.linkLost(receiver, peer, ExitReason.noProcess());
    }
  }

  /// Somebody takes its link with the receiver away.
  static final class Unlink extends Control {
    private final LocalProcess<?> from;
    private final long id;

    Unlink(LocalProcess<?> from, long id) {
      this.from = from;
      this.id = id;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.extras().links.unlinkRequested(from);
      from.signal(new Unlinked(receiver, id));
      return null;
    }

    @Override
    void refuse(LocalProcess<?> receiver, ExitReason reason) {
      from.signal(new Unlinked(receiver, id));
    }
  }

  /// The peer has taken note of an unlink.
  private static final class Unlinked extends Control {
    private final LocalProcess<?> from;
    private final long id;

    Unlinked(LocalProcess<?> from, long id) {
      this.from = from;
      this.id = id;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.extras().links.unlinked(from, id);
      return null;
    }
  }
}
