package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// One worker's look around for something to do, before it sleeps.
///
/// What stands in a slot is left to its owner, who is about to take it, unless the owner stays in
/// the same turn for [#SLOT_AGE_NANOS].
final class Search {
  /// How long a process may stand in the slot of a busy worker before it may be stolen.
  private static final long SLOT_AGE_NANOS = 50_000;

  /// How long a worker looks for work before it sleeps.
  private static final long SEARCH_NANOS = 50_000;

  private final RunQueues queues;
  private final Worker self;
  private final long began;

  /// A slot that may be standing too long: whose, what, in which turn and since when.
  private @Nullable Worker suspect;

  private @Nullable Turn suspected;
  private long beat;
  private long since;

  Search(RunQueues queues, Worker self) {
    this.queues = queues;
    this.self = self;
    this.began = queues.clock.nanos();
  }

  /// What to run; null if there is nothing.
  @Nullable Turn run() {
    do {
      Turn found = look();
      if (found != null) {
        return found;
      }
      Thread.onSpinWait();
    } while (queues.clock.nanos() - began < SEARCH_NANOS || stillStands());
    return null;
  }

  private @Nullable Turn look() {
    Turn outside = queues.global.poll();
    if (outside != null) {
      return outside;
    }
    for (Worker victim : queues.workers().all()) {
      Turn loot = victim == self ? null : rob(victim);
      if (loot != null) {
        return loot;
      }
    }
    return null;
  }

  private @Nullable Turn rob(Worker victim) {
    Turn loot = victim.stealFor(self);
    if (loot != null) {
      return loot;
    }
    Turn standing = victim.slot();
    if (standing == null) {
      return null;
    }
    if (victim == suspect && stillStands()) {
      boolean old = queues.clock.nanos() - since >= SLOT_AGE_NANOS;
      return old && victim.stealSlot(standing) ? standing : null;
    }
    if (!stillStands()) {
      suspect = victim;
      suspected = standing;
      beat = victim.beat();
      since = queues.clock.nanos();
    }
    return null;
  }

  /// Whether the suspect is in the same turn with the same process in its slot.
  private boolean stillStands() {
    return suspect != null
        && suspect.slot() == suspected
        && suspect.beat() == beat
        && suspected != null;
  }
}
