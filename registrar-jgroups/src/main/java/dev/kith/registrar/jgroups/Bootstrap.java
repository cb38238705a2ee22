package dev.kith.registrar.jgroups;

import dev.kith.registrar.jgroups.Beacon.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/*
 *   GATHERING ── all candidates say the same ones, or one of them has accepted a list with this node in it ──► ACCEPTED
 *       │                                                                                                      │
 *       │ somebody says that a list is held                          all on it say that they have accepted it, │
 *       │                                                            or somebody says that it is held          │
 *       └───────────────────────────────────────────► HELD ◄───────────────────────────────────────────────────┘
 *
 * A node accepts one list in its life, with itself on it, and writes it down before it says so. So two lists that are
 * held have no node in common, and a list is complete before anybody decides by it: what is agreed by a majority of it
 * cannot be agreed otherwise by another. The price is that all candidates must be there at the first start, and that
 * candidates that were torn apart at that very moment can have accepted lists that never will be held. They follow one
 * that is, if there is one; otherwise they say so.
 */
/// How nodes that know nothing but a number find the voters: each says which ones it hears.
///
/// **Threading.** One thread at a time.
final class Bootstrap {
  /// So often a node is to say what [#beacon] gives.
  static final Duration PERIOD = Duration.ofMillis(500);

  /// A candidate that was silent for so long is none.
  static final Duration SILENCE = PERIOD.multipliedBy(6);

  private final int voters;
  private final String own;
  private final Notebook notebook;

  private Stage stage;
  private List<String> list;
  private final SortedMap<String, Heard> heard = new TreeMap<>();

  /// By address, the lists that others will not go back on.
  private final Map<String, List<String>> accepted = new HashMap<>();

  /// The last beacon of another, and when it came.
  private record Heard(Beacon beacon, long at) {}

  /// What a node has said for ever.
  ///
  /// @param isHeld whether all on the list have accepted it
  /// @param list of voters; empty if nothing was said yet
  record Note(boolean isHeld, List<String> list) {
    Note {
      list = List.copyOf(list);
    }
  }

  /// Where a node looks up what it said in an earlier life.
  interface Notebook {
    /// What was written last.
    Note read() throws IOException;

    /// Is not to return before the note would outlive the machine.
    void write(Note note) throws IOException;
  }

  /// Goes on from what it has said before.
  ///
  /// @param own this node's link address
  Bootstrap(int voters, String own, Notebook notebook) throws IOException {
    this.voters = voters;
    this.own = own;
    this.notebook = notebook;
    Note note = notebook.read();
    this.list = note.list;
    this.stage = list.isEmpty() ? Stage.GATHERING : note.isHeld ? Stage.HELD : Stage.ACCEPTED;
  }

  /// The voters, once they are known.
  Optional<List<String>> held() {
    return stage == Stage.HELD ? Optional.of(list) : Optional.empty();
  }

  /// Whether others may need to hear of this node: it votes, or may, or somebody does not know yet
  /// who does.
  boolean speaks(long now) {
    return stage != Stage.HELD
        || list.contains(own)
        || heard.values().stream()
            .anyMatch(one -> now - one.at <= SILENCE.toNanos() && one.beacon.stage() != Stage.HELD);
  }

  /// What to say now.
  ///
  /// @param now on a monotonic clock, in nanoseconds
  Beacon beacon(long now) {
    return new Beacon(voters, own, stage, stage == Stage.GATHERING ? candidates(now) : list);
  }

  /// The first, in alphabetical order, of those that were heard lately.
  private List<String> candidates(long now) {
    SortedSet<String> all = new TreeSet<>(Set.of(own));
    heard.forEach((address, last) -> {
      if (now - last.at <= SILENCE.toNanos()) {
        all.add(address);
      }
    });
    return all.stream().limit(voters).toList();
  }

  /// What is odd about this, in words, if anything is.
  Optional<String> oddity(Beacon beacon) {
    if (beacon.voters() != voters) {
      return Optional.of(
          "%s was told that %d vote, this node that %d do"
              .formatted(beacon.address(), beacon.voters(), voters));
    }
    return beacon.stage() == Stage.HELD && stage == Stage.HELD && !beacon.list().equals(list)
        ? Optional.of(
            "%s is of another cluster, whose voters are %s; give each a group of its own"
                .formatted(beacon.address(), String.join(", ", beacon.list())))
        : Optional.empty();
  }

  /// Somebody has said this.
  ///
  /// @throws IOException if it would have to be written down, and cannot be; it is as if nothing
  ///   was heard then
  void heard(Beacon beacon, long now) throws IOException {
    if (beacon.address().equals(own) || beacon.voters() != voters) {
      return;
    }
    if (beacon.stage() != Stage.GATHERING && beacon.list().size() != voters) {
      return; // no list of so many
    }
    heard.values().removeIf(one -> now - one.at > SILENCE.toNanos());
    heard.put(beacon.address(), new Heard(beacon, now));
    if (beacon.stage() != Stage.GATHERING) {
      accepted.put(beacon.address(), beacon.list());
    }
    if (beacon.stage() == Stage.HELD && mayFollow(beacon.list())) {
      enter(Stage.HELD, beacon.list());
    }
    if (stage == Stage.GATHERING) {
      gather(now);
    }
    if (stage == Stage.ACCEPTED && list.stream().allMatch(this::hasAccepted)) {
      enter(Stage.HELD, list);
    }
  }

  /// Whether a list that is held is this node's too: an accepted one that has a node in common with
  /// it never will be.
  private boolean mayFollow(List<String> other) {
    return switch (stage) {
      case GATHERING -> true;
      case ACCEPTED -> !Collections.disjoint(other, list);
      case HELD -> false;
    };
  }

  private void gather(long now) throws IOException {
    Optional<List<String>> theirs =
        accepted.values().stream().filter(one -> one.contains(own)).findFirst();
    List<String> candidates = candidates(now);
    if (theirs.isPresent()) {
      enter(Stage.ACCEPTED, theirs.get());
    } else if (candidates.size() == voters
        && candidates.contains(own)
        && candidates.stream().allMatch(one -> says(one, candidates))) {
      enter(Stage.ACCEPTED, candidates);
    }
  }

  private boolean says(String address, List<String> candidates) {
    Heard last = heard.get(address);
    return last == null || last.beacon.list().equals(candidates);
  }

  private boolean hasAccepted(String address) {
    return address.equals(own) || list.equals(accepted.get(address));
  }

  private void enter(Stage next, List<String> with) throws IOException {
    if (stage != next) {
      notebook.write(new Note(next == Stage.HELD, with));
      stage = next;
      list = with;
    }
  }

  /// What is being waited for, in words.
  String holdup(long now) {
    return switch (stage) {
      case GATHERING ->
          "%d of %d voters have been found by multicast: %s"
              .formatted(candidates(now).size(), voters, String.join(", ", candidates(now)));
      case ACCEPTED -> holdupOfAccepted();
      case HELD -> "the voters are " + String.join(", ", list);
    };
  }

  private String holdupOfAccepted() {
    List<String> others =
        list.stream().filter(one -> accepted.containsKey(one) && !hasAccepted(one)).toList();
    if (others.isEmpty()) {
      return "not all of the voters %s that found each other have said so: not %s"
          .formatted(
              String.join(", ", list),
              String.join(", ", list.stream().filter(one -> !hasAccepted(one)).toList()));
    }
    return "this node will vote with %s alone, but %s will not: %s"
        .formatted(
            String.join(", ", list),
            String.join(", ", others),
            "they were torn apart when they first met; stop all and delete what they keep");
  }
}
