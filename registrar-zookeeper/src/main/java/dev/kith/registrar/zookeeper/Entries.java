package dev.kith.registrar.zookeeper;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCacheStorage;

/*
 * While a client is away no events are kept for it: its cache looks at everything again when it is back. What
 * Curator's finds where it knew something it takes for the same if its version is; but an entry that was deleted
 * and made again has the version of the one before. So one that was made by another transaction is put as one that
 * was not known.
 */
/// What a cache has of ZooKeeper. An entry in another's place is a new one.
///
/// **Threading.** Any thread.
///
/// @param root the parent of all entries; new each time, so that a cache looks at its children
///   again
record Entries(String root, CuratorCacheStorage kept) implements CuratorCacheStorage {
  Entries(String root) {
    this(root, CuratorCacheStorage.standard());
  }

  @Override
  public Optional<ChildData> put(ChildData entry) {
    return kept.put(entry)
        .filter(before ->
            !entry.getPath().equals(root)
                && before.getStat().getCzxid() == entry.getStat().getCzxid());
  }

  @Override
  public Optional<ChildData> remove(String path) {
    return kept.remove(path);
  }

  @Override
  public void clear() {
    kept.clear();
  }

  @Override
  public Optional<ChildData> get(String path) {
    return kept.get(path);
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public Stream<ChildData> stream() {
    return kept.stream();
  }
}
