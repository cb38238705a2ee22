package dev.kith.cluster;

import dev.kith.group.FanOut;
import dev.kith.group.Scope;
import dev.kith.observe.DropReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSignal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/*
 * A heartbeat carries a digest of the scopes that the node it goes to has asked for: the sum of their
 * versions, and one more for each, so that one nobody has joined counts too. Who gets it makes the same sum of
 * what it knows. As changes travel behind heartbeats, it may be behind by what was changed since the last
 * one, but not by more; and it is never ahead.
 */
/// The scopes of a node that span nodes: what links and processes share of them.
///
/// **Threading.** Any thread; the digests of one node one thread at a time.
final class SharedScopes {
  private final Node node;

  /// By name, sorted.
  private final Map<String, Shared> scopes = new ConcurrentSkipListMap<>();

  /// The scopes that each node has asked for.
  private final Map<NodeName, List<String>> wanted = new ConcurrentHashMap<>();

  /// The last digest of each node.
  private final Map<NodeName, Long> digests = new ConcurrentHashMap<>();

  /// Whether the replicator was told of a change and has not yet looked.
  private final AtomicBoolean told = new AtomicBoolean();

  SharedScopes(Node node) {
    this.node = node;
  }

  // What this node has

  /// The scope with this name; made if need be.
  Scope open(String name) {
    Shared known = scopes.get(name);
    if (known == null) {
      known = scopes.computeIfAbsent(name, _ -> new Shared(node, name, this::changed));
      tell(new Replication.Opened());
    }
    return known.span().scope();
  }

  private void changed() {
    if (told.compareAndSet(false, true)) {
      tell(new Replication.Changed());
    }
  }

  private void tell(Replication news) {
    node.whereis(Replicator.NAME).ifPresent(replicator -> node.tell(replicator, news));
  }

  /// The replicator is about to look for changes.
  void looking() {
    told.set(false);
  }

  @Nullable Shared find(String name) {
    return scopes.get(name);
  }

  List<Shared> all() {
    return List.copyOf(scopes.values());
  }

  // What others have

  /// For each scope, the version that is known of another node.
  Map<String, Long> known(NodeName of, int life) {
    Map<String, Long> versions = new TreeMap<>();
    scopes.forEach((name, shared) -> versions.put(name, shared.span().version(of, life)));
    return versions;
  }

  /// A node is told of these scopes from now on.
  void wants(NodeName who, List<String> names) {
    wanted.put(who, names);
  }

  /// A node cannot be reached any more.
  void lost(NodeName who) {
    wanted.remove(who);
    digests.remove(who);
    all().forEach(shared -> shared.span().hide(who));
  }

  /// What a node should have heard by now.
  long digest(NodeName of) {
    long sum = 0;
    for (String name : wanted.getOrDefault(of, List.of())) {
      Shared shared = scopes.get(name);
      sum += 1 + (shared == null ? 0 : shared.version());
    }
    return sum;
  }

  /// A node has said what this one should have heard.
  void compare(NodeName of, int life, long digest) {
    long sum = known(of, life).values().stream().mapToLong(version -> version + 1).sum();
    Long before = digests.put(of, digest);
    if (sum > digest || (before != null && sum < before)) {
      tell(new Replication.Behind(of, life));
    }
  }

  /// A broadcast has come from another node.
  @Nullable FanOut receive(NodeSignal.Broadcast broadcast) {
    Shared shared = scopes.get(broadcast.scope());
    if (shared == null) {
      node.drops().count(DropReason.NO_PROCESS);
      return null;
    }
    return shared.span().receive(broadcast);
  }
}
