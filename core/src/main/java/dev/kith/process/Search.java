package dev.kith.process;

import org.jspecify.annotations.Nullable;

/*
 * It must not slow down those it looks at. Rings and the global queue are looked at all the time: their owners
 * do not write there while there is nothing to steal. A slot is written with every message, so slots are
 * looked at a few times in a search.
 */
/// One worker's look around for something to do, before it sleeps.
///
/// What stands in a slot is left to its owner, who is about to take it, unless the owner stays in
/// the same turn for [#SLOT_AGE_NANOS].
final class Search {
  /// How long a process may stand in the slot of a busy worker before it may be stolen.
  private static final long SLOT_AGE_NANOS = 50_000;

  /// How long a worker looks for work before it sleeps.
  private static final long SEARCH_NANOS = 50_000;

  /// Between two looks at the slots.
  private static final long SLOT_LOOK_NANOS = 20_000;

  private final RunQueues queues;
  private final Worker self;
  private final long began;

  /// When it looks at slots again.
  private long slotsAt;

  /// A slot that may be standing too long: whose, what, in which turn and since when.
  private @Nullable Worker suspect;

  private @Nullable Turn suspected;
  private long beat;
  private long since;

  Search(RunQueues queues, Worker self) {
    this.queues = queues;
    this.self = self;
    this.began = queues.clock.nanos();
    this.slotsAt = began;
  }

  /// What to run; null if there is nothing.
  @Nullable Turn run() {
    long now = began;
    while (true) {
      Turn found = look();
      if (found == null && now >= slotsAt) {
        found = lookAtSlots(now);
        slotsAt = now + SLOT_LOOK_NANOS;
      }
      if (found != null || (now - began >= SEARCH_NANOS && suspect == null)) {
        return found;
      }
      Thread.onSpinWait();
      now = queues.clock.nanos();
    }
  }

  private @Nullable Turn look() {
    Turn outside = queues.global.poll();
    if (outside != null) {
      return outside;
    }
    for (Ring ring : queues.workers().rings()) {
      Turn loot = ring == self.ring ? null : ring.robFor(self.ring);
      if (loot != null) {
        return loot;
      }
    }
    return null;
  }

  private @Nullable Turn lookAtSlots(long now) {
    if (!stillStands()) {
      suspect = null;
      if (now - began < SEARCH_NANOS) {
        suspect(now);
      }
      return null;
    }
    if (now - since < SLOT_AGE_NANOS) {
      return null;
    }
    Worker victim = suspect;
    Turn standing = suspected;
    suspect = null;
    return victim != null && standing != null && victim.stealSlot(standing) ? standing : null;
  }

  /// Looks for a slot that is not empty.
  private void suspect(long now) {
    for (Worker victim : queues.workers().all()) {
      Turn standing = victim == self ? null : victim.slot();
      if (standing != null) {
        suspect = victim;
        suspected = standing;
        beat = victim.beat();
        since = now;
        return;
      }
    }
  }

  /// Whether the suspect is in the same turn with the same process in its slot.
  private boolean stillStands() {
    return suspect != null && suspect.slot() == suspected && suspect.beat() == beat;
  }
}
