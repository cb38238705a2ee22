package dev.kith.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process's links, at most one with each peer (LNK-1), in the order they were made.
///
/// Most processes have one link, with their supervisor; some have a hundred thousand. Up to
/// [#LIST_MAX] are a list, more are a map.
///
/// **Threading.** Belongs to its process.
final class Links {
  private static final int LIST_MAX = 8;

  private final ArrayList<Link> list = new ArrayList<>(1);
  private @Nullable Map<Party, Link> map;
  private long unlinkIds;

  @Nullable Link find(Party peer) {
    if (map != null) {
      return map.get(peer);
    }
    for (Link link : list) {
      if (link.peer.equals(peer)) {
        return link;
      }
    }
    return null;
  }

  void add(Link link) {
    if (map == null && list.size() == LIST_MAX) {
      Map<Party, Link> grown = new LinkedHashMap<>();
      list.forEach(known -> grown.put(known.peer, known));
      list.clear();
      map = grown;
    }
    if (map != null) {
      map.put(link.peer, link);
    } else {
      list.add(link);
    }
  }

  void remove(Link link) {
    if (map != null) {
      map.remove(link.peer);
    } else {
      list.remove(link);
    }
  }

  /// The owner links.
  ///
  /// @return whether the peer is to be asked: it is not if there is a link already
  boolean request(LocalProcess<?> owner, Party peer) {
    Link link = find(peer);
    if (link == null) {
      add(new Link(owner, peer));
      return true;
    }
    boolean wasActive = link.isActive();
    link.activate();
    return !wasActive;
  }

  /// A peer has linked with the owner.
  ///
  /// @param over the connection to its node, if that is another
  void requested(LocalProcess<?> owner, Party peer, @Nullable Peer over) {
    Link link = find(peer);
    if (link == null) {
      link = new Link(owner, peer);
      link.over = over;
      add(link);
    }
  }

  /// The link with this peer, which was just wanted, goes over this connection.
  void goesOver(Party peer, Peer connection) {
    Link link = find(peer);
    if (link != null) {
      link.over = connection;
    }
  }

  /// Those that go over this connection.
  List<Link> over(Peer connection) {
    List<Link> found = new ArrayList<>();
    forEach(link -> {
      if (link.over == connection) {
        found.add(link);
      }
    });
    return found;
  }

  /// A peer has taken its link away.
  void unlinkRequested(Party peer) {
    Link link = find(peer);
    if (link != null && link.isActive()) {
      remove(link);
    }
  }

  /// A peer has taken note of this unlink.
  void unlinked(Party peer, long id) {
    Link link = find(peer);
    if (link != null && link.isEndedBy(id)) {
      remove(link);
    }
  }

  /// There is no link with this peer any more.
  void forget(Party peer) {
    Link link = find(peer);
    if (link != null) {
      remove(link);
    }
  }

  /// A number for an unlink, unique among this process's: 1, 2, 3, …
  long nextUnlinkId() {
    return ++unlinkIds;
  }

  void forEach(Consumer<Link> action) {
    if (map != null) {
      map.values().forEach(action);
    } else {
      for (int i = 0; i < list.size(); i++) {
        action.accept(list.get(i));
      }
    }
  }

  int size() {
    return map != null ? map.size() : list.size();
  }

  /// Who the active links are with.
  List<Pid> peers() {
    List<Pid> peers = new ArrayList<>(size());
    forEach(link -> {
      if (link.isActive()) {
        peers.add(link.peer.pid());
      }
    });
    return peers;
  }
}
