package dev.kith.cluster.registrar;

import dev.kith.cluster.registrar.Registry.Command;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/*
 * Time is measured here and nowhere else, from when this keeper saw a stay's last sign of life; so another keeper,
 * or one that was itself asleep, begins anew and waits for longer rather than less.
 */
/// Looks after a [Registry]: has those removed that were silent for the time of a session. One of
/// all nodes does; should two do, nothing is wrong.
///
/// **Threading.** One thread at a time.
public final class Keeper {
  private final SessionTiming timing;
  private final Map<Long, Seen> seen = new HashMap<>();
  private long lastLook;
  private boolean looked;

  /// The last sign of life, and when it was seen.
  private record Seen(long renewed, long at) {}

  /// Has seen nothing.
  public Keeper(SessionTiming timing) {
    this.timing = timing;
  }

  /// Looks around; to be called about four times in the time of a session.
  ///
  /// @param now on a monotonic clock
  /// @param expire is given what is to be done
  public void look(Registry registry, long now, Consumer<? super Command.Expire> expire) {
    if (looked && now - lastLook > timing.timeout().toNanos() / 2) {
      seen.clear(); // it was asleep, and what came meanwhile may not have been applied
    }
    looked = true;
    lastLook = now;
    Map<Long, Seen> before = new HashMap<>(seen);
    seen.clear();
    for (Registry.Entry stay : registry.stays()) {
      long id = stay.member().stay();
      Seen known = before.get(id);
      if (known == null || known.renewed != stay.renewed()) {
        known = new Seen(stay.renewed(), now);
      }
      seen.put(id, known);
      if (now - known.at > timing.timeout().toNanos()) {
        expire.accept(new Command.Expire(id, stay.renewed()));
      }
    }
  }
}
