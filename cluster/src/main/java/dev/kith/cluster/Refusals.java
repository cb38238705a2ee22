package dev.kith.cluster;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.wire.node.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connections that did not come about: those that this node has refused are counted and told,
/// and all leave a line in its log, but strangers cannot fill it.
///
/// **Threading.** Any thread. **Limits.** In a [#WINDOW], one line for each reason and name, and
/// [#LINES_MAX] of them.
final class Refusals {
  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int LINES_MAX = 20;

  private static final System.Logger LOG = System.getLogger("dev.kith.cluster");

  private final Node node;

  /// What follows is guarded by this object's lock.
  private final Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);

  private final Set<String> said = new HashSet<>();
  private long windowEnds;
  private long unsaid;

  Refusals(Node node) {
    this.node = node;
    this.windowEnds = node.clock().nanos();
  }

  /// This node has refused a connection.
  void add(Refusal why, String remote, Optional<NodeName> name, String words) {
    synchronized (this) {
      counts.merge(why, 1L, Long::sum);
    }
    node.events().publish(new LinkEvent.Refused(why, remote, name));
    tell(why, remote, name, words);
  }

  /// A connection did not come about, whoever has refused it.
  void tell(Refusal why, String remote, Optional<NodeName> name, String words) {
    boolean isExpected = why == Refusal.DUPLICATE || why == Refusal.STOPPING;
    String line =
        "node %s and %s do not connect: %s (%s)".formatted(node, remote, why.words(), words);
    if (isExpected) {
      LOG.log(System.Logger.Level.DEBUG, line);
      return;
    }
    String more = rest(why + " " + name.map(NodeName::text).orElse(""));
    if (more != null) {
      LOG.log(System.Logger.Level.WARNING, line + more);
    }
  }

  /// What is to be added to a line; null if there is to be none.
  private synchronized @Nullable String rest(String key) {
    String more = "";
    long now = node.clock().nanos();
    if (now >= windowEnds) {
      more = unsaid == 0 ? "" : "; " + unsaid + " more before that";
      windowEnds = now + WINDOW.toNanos();
      said.clear();
      unsaid = 0;
    }
    if (said.size() < LINES_MAX && said.add(key)) {
      return more;
    }
    unsaid++;
    return null;
  }

  /// How many connections were refused, by reason.
  synchronized Map<Refusal, Long> counts() {
    return new EnumMap<>(counts);
  }
}
