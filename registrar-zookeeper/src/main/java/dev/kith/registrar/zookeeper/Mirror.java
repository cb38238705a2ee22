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
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.jspecify.annotations.Nullable;

/*
 * Curator's caches follow members and leases, each in its own order. A lease may so be seen before the member
 * that holds it, or after that has gone: the first waits for its member, the second is told to be free with it.
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

  /// Leases whose holder has not been seen, by name.
  private final Map<String, Lease> early = new HashMap<>();

  private volatile boolean closed;

  Mirror(CuratorFramework client, Tree tree, Consumer<? super Change> told) {
    this.told = told;
    this.members = CuratorCache.build(client, tree.members());
    this.leases = CuratorCache.build(client, tree.leases());
    members.listenable().addListener(listener(tree.members(), this::member));
    leases.listenable().addListener(listener(tree.leases(), this::lease));
  }

  void start() {
    members.start();
    leases.start();
  }

  /// What has become of one entry.
  private interface Entry {
    void changed(@Nullable ChildData before, @Nullable ChildData now);
  }

  private static CuratorCacheListener listener(String parent, Entry entry) {
    return (_, before, now) -> {
      String path = now != null ? now.getPath() : before.getPath();
      if (!path.equals(parent)) {
        entry.changed(before, now);
      }
    };
  }

  private synchronized void member(@Nullable ChildData before, @Nullable ChildData now) {
    Member gone = memberOf(before);
    Member here = memberOf(now);
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
      for (Lease lease : List.copyOf(early.values())) {
        if (lease.stay() == here.stay()) {
          early.remove(lease.name());
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

  private synchronized void lease(@Nullable ChildData before, @Nullable ChildData now) {
    Lease gone = leaseOf(before);
    Lease here = leaseOf(now);
    if (closed || (gone != null && gone.equals(here))) {
      return;
    }
    if (gone != null) {
      early.remove(gone.name(), gone);
      if (view.lease(gone.name()).filter(gone::equals).isPresent()) {
        tell(new Change.Freed(gone));
      }
    }
    if (here != null) {
      boolean known = view.members().stream().anyMatch(member -> member.stay() == here.stay());
      if (known) {
        tell(new Change.Held(here));
      } else {
        early.put(here.name(), here);
      }
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
