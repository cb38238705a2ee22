package dev.kith.cluster;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.kith.group.Group;
import dev.kith.group.Membership;
import dev.kith.group.Scope;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Pid;
import dev.kith.process.ProcessEvent;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSnapshot;
import dev.kith.process.Self;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Who has which name on which node, as far as this node has heard (D1): a copy that is right
/// within milliseconds, and right again after a split has healed. A name may be in use on several
/// nodes, unless one is to be kept ([#keepOne]).
///
/// The names are groups of one scope, so they travel as groups do.
///
/// **Ordering.** A node that cannot be reached takes its names along, before or after its
/// processes' monitors fire. **Threading.** Any thread; never waits.
public final class AddressBook {
  private static final String SCOPE = "kith.names";
  private static final Hasher64 HASH = Hashing.xxh64();

  private final Node node;
  private final Scope names;

  /// The names of which one is kept.
  private final Set<Name<?>> kept = ConcurrentHashMap.newKeySet();

  private AddressBook(Node node, Scope names) {
    this.node = node;
    this.names = names;
  }

  static AddressBook of(Node node, SharedScopes scopes) {
    AddressBook book = new AddressBook(node, scopes.open(SCOPE));
    node.events().add(ProcessEvent.Named.class, taken -> book.add(taken.name()));
    node.events().add(ProcessEvent.Unnamed.class, free -> book.remove(free.name(), free.pid()));
    for (ProcessSnapshot process : node.processes()) {
      process.name().ifPresent(name -> book.add(Name.of(name, process.protocol())));
    }
    return book;
  }

  /// One process and its name.
  ///
  /// @param name its name
  /// @param process which one
  public record Entry(String name, Pid process) {
    public Entry {
      Objects.requireNonNull(name);
      Objects.requireNonNull(process);
    }
  }

  // This node's names

  private synchronized <M> void add(Name<M> name) {
    node.whereis(name)
        .filter(holder -> !names.members(group(name)).contains(holder))
        .ifPresent(holder -> names.join(group(name), holder));
  }

  private synchronized <M> void remove(Name<M> name, Pid pid) {
    names.members(group(name)).stream()
        .filter(holder -> holder.pid().equals(pid))
        .forEach(holder -> names.leave(group(name), holder));
  }

  private static <M> Group<M> group(Name<M> name) {
    return Group.of(name.text(), name.protocol());
  }

  // Names that one should have

  /// Of several processes that have this name, on nodes that see each other, keeps the one whose
  /// node's name comes first; the others are killed, each by its own node (GLB-2, as OTP's `global`
  /// does by default). So a name that is taken on both sides of a split has one holder again when
  /// that heals. To be said on every node that takes such a name, before it does.
  ///
  /// This is a rule for afterwards: for a moment there are two. A name that never has two holders
  /// is one of the [ExclusiveNames].
  public void keepOne(Name<?> name) {
    kept.add(name);
    node.whereis(Arbiter.NAME).ifPresent(arbiter -> node.tell(arbiter, new Arbiter.Keep(name)));
  }

  Set<Name<?>> kept() {
    return kept;
  }

  // Looking

  /// Who has a name: on this node, or else on the first node by name that has it.
  public <M> Optional<ProcessRef<M>> locate(Name<M> name) {
    return locateAll(name).stream().findFirst();
  }

  /// All that have a name, one for each node: this one first, then the others by their names.
  public <M> List<ProcessRef<M>> locateAll(Name<M> name) {
    return names.members(group(name));
  }

  /// The named processes of a node, by name.
  public List<Entry> processes(NodeName of) {
    return names.snapshot().stream()
        .filter(one -> one.member().node().equals(of))
        .map(one -> new Entry(one.group(), one.member()))
        .toList();
  }

  /// All nodes that can be reached, this one too, by name.
  public List<NodeName> nodes() {
    return Stream.concat(Stream.of(node.name()), node.reachable().stream())
        .sorted(Comparator.comparing(NodeName::text))
        .toList();
  }

  /// A node for something with this name: the same on all nodes that can reach the same nodes. If a
  /// node comes or goes, only what it takes over or had is moved.
  ///
  /// Source: D. Thaler and C. Ravishankar, "Using name-based mappings to increase hit rates"
  /// (highest random weight); xxHash64 over the node's name, a zero byte and the name in UTF-8.
  public NodeName pick(String name) {
    return Collections.max(
        nodes(),
        Comparator.comparing(
            (NodeName one) -> HASH.hashBytesToLong(bytes(one.text() + '\0' + name)),
            Long::compareUnsigned));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Tells a process of every change of names from now on; as [Scope#watch(Self, Function)].
  public <W> Scope.Watch watch(Self<W> self, Function<? super Membership, ? extends W> as) {
    return names.watch(self, as);
  }
}
