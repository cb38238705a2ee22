package dev.kith.cluster;

import dev.kith.process.NodeName;
import dev.kith.wire.node.Hello;
import dev.kith.wire.node.Introduction;
import dev.kith.wire.node.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * Two nodes may connect with each other in the same moment. Both must then keep the same one of the two
 * connections, though each sees them come about in another order. The rule: the node with the smaller name
 * decides, and the other hears of it. The smaller lets the first connection stand on which the other has proved
 * itself, and refuses the rest. The larger has its word by the last proof, or, if that was the larger's own, by
 * the first frame behind it, and waits for that (NodeLink). So only what is proved on both sides takes part, and
 * whoever merely says a name holds up nobody who has it.
 *
 * Lives have numbers without an order: of two, the later is the one that came later. So a life that was seen
 * before another of the same name is never welcome again; and one that comes while another is connected and
 * gives signs of life is a second node of that name rather than a later life, and must wait until the first
 * has been silent for a while.
 */
/// Who a node is connected with, and who it would be: decides which connections stand.
///
/// **Threading.** Any thread; each method is one step. **Limits.** Remembers the last replaced
/// lives of each node, a few of them.
final class Roster {
  private static final int REPLACED_MAX = 64;

  private final NodeName own;

  /// Sorted, so that everything that goes through all peers does so in the same order each time.
  private final Map<NodeName, Entry> connected =
      new TreeMap<>((one, other) -> one.text().compareTo(other.text()));

  /// The life of each node that was connected last.
  private final Map<NodeName, Integer> last = new LinkedHashMap<>();

  /// Lives that others have taken the place of.
  private final Map<NodeName, Deque<Integer>> replaced = new LinkedHashMap<>();

  private boolean stopping;

  /// A connection that stands.
  record Entry(Hello hello, NodeLink link) {}

  Roster(NodeName own) {
    this.own = own;
  }

  /// Whether this node decides which of its connections with another stands.
  boolean decides(NodeName other) {
    return own.text().compareTo(other.text()) < 0;
  }

  /// What there is against a connection with a node that says this of itself.
  synchronized Optional<Refusal> objection(Hello hello) {
    if (stopping) {
      return Optional.of(Refusal.STOPPING);
    }
    Deque<Integer> gone = replaced.get(hello.node());
    if (gone != null && gone.contains(hello.incarnation())) {
      return Optional.of(Refusal.REPLACED);
    }
    Entry entry = connected.get(hello.node());
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.hello.incarnation() == hello.incarnation()) {
      return Optional.of(Refusal.DUPLICATE);
    }
    return entry.link.isQuiet() ? Optional.empty() : Optional.of(Refusal.ALIVE);
  }

  /// Both sides have proved themselves: lets their connection stand, or says what there is against
  /// it.
  ///
  /// @param earlier is given the connection to an earlier life of the same node, which is to end
  synchronized Optional<Refusal> establish(Hello hello, NodeLink link, List<NodeLink> earlier) {
    Optional<Refusal> objection = objection(hello);
    if (objection.isEmpty()) {
      Entry before = connected.put(hello.node(), new Entry(hello, link));
      if (before != null) {
        earlier.add(before.link);
      }
      Integer life = last.put(hello.node(), hello.incarnation());
      if (life != null && life != hello.incarnation()) {
        replace(hello.node(), life);
      }
    }
    return objection;
  }

  private void replace(NodeName node, int life) {
    Deque<Integer> gone = replaced.computeIfAbsent(node, _ -> new ArrayDeque<>());
    gone.addLast(life);
    if (gone.size() > REPLACED_MAX) {
      gone.removeFirst();
    }
  }

  /// A connection stands no more; false if it did not.
  synchronized boolean remove(Hello hello, NodeLink link) {
    Entry entry = connected.get(hello.node());
    if (entry == null || entry.link != link) {
      return false;
    }
    connected.remove(hello.node());
    return true;
  }

  /// Nobody is welcome from now on.
  synchronized void stop() {
    stopping = true;
  }

  /// All connections.
  synchronized List<Entry> all() {
    return new ArrayList<>(connected.values());
  }

  /// The connection with a node; null if there is none.
  synchronized @Nullable Entry find(NodeName node) {
    return connected.get(node);
  }

  /// Whether some node with this address is connected.
  synchronized boolean reaches(String address) {
    return connected.values().stream().anyMatch(entry -> entry.hello.address().equals(address));
  }

  /// All that can be reached, but one.
  synchronized List<Introduction> introductions(NodeName but) {
    return connected.values().stream()
        .map(Entry::hello)
        .filter(hello -> !hello.node().equals(but) && !hello.address().isEmpty())
        .map(hello -> new Introduction(hello.node(), hello.address()))
        .toList();
  }
}
