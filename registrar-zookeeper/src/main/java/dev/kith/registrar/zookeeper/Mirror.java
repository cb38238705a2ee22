package dev.kith.registrar.zookeeper;

import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.jspecify.annotations.Nullable;

/*
 * Curator's caches follow members and leases, each in its own order. A lease may so be seen before the member
 * that holds it, or after that has gone: the first waits for its member, the second is told to be free with it.
 *
 * What is new in an entry's place ends what was there, whatever the cache says of that: it may have missed the end.
 */
/// Follows who is there and who holds what, and tells it in the order that [Change] promises.
///
/// **Threading.** One lock; tells while it holds it. [#close] takes none: whoever is told may be
/// who closes.
final class Mirror implements AutoCloseable {
  private final CuratorCache members;
  private final CuratorCache leases;
  private final Consumer<? super Change> told;
  private final View view = new View();

  /// Members that were seen, by path.
  private final Map<String, Member> shown = new HashMap<>();

  /// Leases that were seen, by path; some may be told when their holder is seen.
  private final Map<String, Lease> held = new HashMap<>();

  private volatile boolean closed;

  Mirror(CuratorFramework client, Tree tree, Consumer<? super Change> told) {
    this.told = told;
    this.members = cache(client, tree.members(), this::member);
    this.leases = cache(client, tree.leases(), this::lease);
  }

  private static CuratorCache cache(
      CuratorFramework client, String parent, Consumer<? super Seen> each) {
    CuratorCache cache =
        CuratorCache.builder(client, parent).withStorage(new Entries(parent)).build();
    cache
        .listenable()
        .addListener((_, before, now) -> {
          String path = now != null ? now.getPath() : before.getPath();
          if (!path.equals(parent)) {
            each.accept(new Seen(path, now));
          }
        });
    return cache;
  }

  void start() {
    members.start();
    leases.start();
  }

  /// What is at a path now; null for nothing.
  private record Seen(String path, @Nullable ChildData entry) {}

  private synchronized void member(Seen seen) {
    Member here = memberOf(seen.entry);
    Member gone = here == null ? shown.remove(seen.path) : shown.put(seen.path, here);
    if (closed || (gone != null && gone.equals(here))) {
      return;
    }
    if (gone != null) {
      for (Lease lease : view.leases()) {
        if (lease.stay() == gone.stay()) {
          tell(new Change.Freed(lease));
        }
      }
      tell(new Change.Removed(gone));
    }
    if (here != null) {
      tell(new Change.Joined(here));
      for (Lease lease : List.copyOf(held.values())) {
        if (lease.stay() == here.stay()) {
          tell(new Change.Held(lease));
        }
      }
    }
  }

  private static @Nullable Member memberOf(@Nullable ChildData entry) {
    return entry == null
        ? null
        : Tree.memberOf(entry.getPath(), entry.getData(), entry.getStat().getCzxid());
  }

  private synchronized void lease(Seen seen) {
    Lease here = leaseOf(seen.entry);
    Lease gone = here == null ? held.remove(seen.path) : held.put(seen.path, here);
    if (closed || (gone != null && gone.equals(here))) {
      return;
    }
    if (gone != null && view.lease(gone.name()).filter(gone::equals).isPresent()) {
      tell(new Change.Freed(gone));
    }
    if (here != null && shown.values().stream().anyMatch(one -> one.stay() == here.stay())) {
      tell(new Change.Held(here));
    }
  }

  private static @Nullable Lease leaseOf(@Nullable ChildData entry) {
    return entry == null
        ? null
        : Tree.leaseOf(entry.getPath(), entry.getData(), entry.getStat().getCzxid());
  }

  private void tell(Change change) {
    view.apply(change);
    told.accept(change);
  }

  /// Tells nothing more, but what is being told already.
  @Override
  public void close() {
    closed = true;
    members.close();
    leases.close();
  }
}
