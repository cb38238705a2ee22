package dev.kith.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/*
 * A total over all loops would be a counter that every frame of every loop fights for, and whoever
 * broke it would have to close pipes of another loop. With a share for each loop the count is a plain
 * field, the pipes to be closed are at hand, and loops do not suffer for each other. Connections are
 * dealt out evenly, so the shares fill evenly too.
 *
 * When the share is used up, pipes go in this order, the largest first, until there is room again:
 *
 *   1. those given up before, whose goodbye is still on its way: what they hold is lost anyway
 *   2. those with frames that their channel has not taken yet: these are dropped, a goodbye is sent
 *   3. those with frames in their channel: only an end without a goodbye frees them
 *
 * Room is an eighth of the share, so that looking at all pipes is paid for by many frames.
 */

/// What is kept for the clients of one loop, and how much that may be.
///
/// **Threading.** Belongs to one loop, but for the sum that [#publish] goes into.
final class Allowance {
  private final long limit;
  private final LongAdder sum;
  private long held;
  private long published;

  /// @param limit bytes
  /// @param sum of all loops
  Allowance(long limit, LongAdder sum) {
    this.limit = limit;
    this.sum = sum;
  }

  /// A pipe, as far as it takes room.
  interface Holder {
    /// Lets go of what its client has taken in the meantime.
    void settle();

    /// Bytes kept for its client, those included that are kept for others too.
    long held();

    /// Whether it was given up and only its goodbye is under way.
    boolean isGivenUp();

    /// Whether frames wait that its channel has not taken.
    boolean hasWaiting();

    /// Drops what waits and says goodbye.
    void giveUp();

    /// Ends at once.
    void drop();
  }

  void charge(long bytes) {
    held += bytes;
  }

  void free(long bytes) {
    held -= bytes;
  }

  long held() {
    return held;
  }

  boolean isExceeded() {
    return held > limit;
  }

  /// Makes room at the cost of the largest holders.
  void shed(Collection<Holder> holders) {
    holders.forEach(Holder::settle);
    var largestFirst = new ArrayList<>(holders);
    largestFirst.sort(Comparator.comparingLong(Holder::held).reversed());
    shed(largestFirst, Holder::isGivenUp, Holder::drop);
    shed(largestFirst, Holder::hasWaiting, Holder::giveUp);
    shed(largestFirst, holder -> holder.held() > 0, Holder::drop);
  }

  private void shed(List<Holder> holders, Predicate<Holder> which, Consumer<Holder> how) {
    for (var holder : holders) {
      if (held <= limit - limit / 8) {
        return;
      }
      if (which.test(holder)) {
        how.accept(holder);
      }
    }
  }

  /// Brings the sum of all loops up to date.
  void publish() {
    if (held != published) {
      sum.add(held - published);
      published = held;
    }
  }
}
