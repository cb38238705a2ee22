package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// One process's record of its link with one peer (LNK-2), and at the same time the exit signal
/// that will tell the peer: when the owner ends, the record itself is pushed, so that dying
/// allocates nothing.
///
/// The same protocol is spoken whether the peer is local or remote.
final class Link extends Control {
  final LocalProcess<?> owner;
  final Party peer;

  /// The connection to the peer's node, if it is another: when that is lost, so is the link.
  @Nullable Peer over;

  /// False between an unlink and its acknowledgement.
  private boolean active = true;

  /// The unlink that is not yet acknowledged; 0 if there is none.
  private long unlinkId;

  Link(LocalProcess<?> owner, Party peer) {
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

  /// The owner has ended.
  void tellPeer() {
    peer.signal(this);
  }

  /// The peer's side reacts.
  @Override
  @Nullable Mail arrive(LocalProcess<?> receiver) {
    return ExitRules.linkedEnded(receiver, owner);
  }

  @Override
  void cross(RemoteProcess<?> to) {
    Peer connection = over;
    if (connection != null) {
      connection.carry(
          0, new NodeSignal.LinkExit(owner.serial, to.pid().serial(), owner.exitReason()));
    }
  }

  /// Somebody links with the receiver.
  static final class Request extends Control {
    private final Party from;

    /// The connection it came over.
    private final @Nullable Peer over;

    Request(Party from, @Nullable Peer over) {
      this.from = from;
      this.over = over;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.extras().links.requested(receiver, from, over);
      return null;
    }

    @Override
    void refuse(LocalProcess<?> receiver, ExitReason reason) {
      if (over != null) {
        over.unties(receiver);
      }
      from.signal(new Refused(receiver, over));
    }

    /// The other side of the link, seen by who wants it.
    @Override
    void cross(RemoteProcess<?> to) {
      if (from instanceof LocalProcess<?> asker) {
        Peer connection = to.peer();
        asker.extras().links.goesOver(to, connection);
        connection.ties(asker);
        connection.carry(
            to.pid().incarnation(), new NodeSignal.Link(asker.serial, to.pid().serial()));
      }
    }
  }

  /// There was nobody to link with.
  private static final class Refused extends Control {
    private final LocalProcess<?> nobody;
    private final @Nullable Peer over;

    Refused(LocalProcess<?> nobody, @Nullable Peer over) {
      this.nobody = nobody;
      this.over = over;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      return ExitRules.linkLost(receiver, nobody, ExitReason.noProcess());
    }

    @Override
    void cross(RemoteProcess<?> to) {
      if (over != null) {
        over.carry(
            0, new NodeSignal.LinkExit(nobody.serial, to.pid().serial(), ExitReason.noProcess()));
      }
    }
  }

  /// A link with a process of another node is no more: that process has ended, or was not there.
  static final class Lost extends Control {
    private final RemoteProcess<?> peer;
    private final Peer over;
    private final ExitReason reason;

    Lost(RemoteProcess<?> peer, Peer over, ExitReason reason) {
      this.peer = peer;
      this.over = over;
      this.reason = reason;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      Link link = receiver.extras().links.find(peer);
      return link != null && link.over == over ? ExitRules.linkLost(receiver, peer, reason) : null;
    }
  }

  /// The connection to a node is lost, and with it all links that go over it, with or without their
  /// unlink acknowledged.
  static final class ConnectionLost extends Control {
    private final Peer connection;

    ConnectionLost(Peer connection) {
      this.connection = connection;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      for (Link link : receiver.extras().links.over(connection)) {
        Mail told = ExitRules.linkLost(receiver, link.peer, ExitReason.noConnection());
        receiver.extras().links.remove(link);
        if (told != null) {
          receiver.keep(told);
        }
      }
      return null;
    }
  }

  /// Somebody takes its link with the receiver away.
  static final class Unlink extends Control {
    private final Party from;
    private final long id;

    Unlink(Party from, long id) {
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

    @Override
    void cross(RemoteProcess<?> to) {
      to.carry(new NodeSignal.Unlink(from.pid().serial(), to.pid().serial(), id));
    }
  }

  /// The peer has taken note of an unlink.
  static final class Unlinked extends Control {
    private final Party from;
    private final long id;

    Unlinked(Party from, long id) {
      this.from = from;
      this.id = id;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.extras().links.unlinked(from, id);
      return null;
    }

    @Override
    void cross(RemoteProcess<?> to) {
      to.carry(new NodeSignal.Unlinked(from.pid().serial(), to.pid().serial(), id));
    }
  }
}
