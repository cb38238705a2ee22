package dev.kith.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a member of a [Crowd] knows of its dealings with others.
///
/// @param owner who
/// @param sent how many words it has sent to whom
/// @param got how many words came from whom
/// @param watched whose Down it still waits for
/// @param open how many of its requests were not answered yet
record Books(Pid owner, Map<Pid, Integer> sent, Map<Pid, Integer> got, Set<Pid> watched, int open) {

  Books {
    sent = Map.copyOf(sent);
    got = Map.copyOf(got);
    watched = Set.copyOf(watched);
  }

  /// What does not fit together in the books of all that live, in words.
  static List<String> disagreements(List<Books> all) {
    List<String> found = new ArrayList<>();
    Set<Pid> alive = all.stream().map(Books::owner).collect(Collectors.toSet());
    for (Books one : all) {
      if (one.open != 0) {
        found.add("%s waits for %d answers".formatted(one.owner, one.open));
      }
      for (Pid watched : one.watched) {
        if (!alive.contains(watched)) {
          found.add("%s was not told that %s ended".formatted(one.owner, watched));
        }
      }
      for (Books other : all) {
        int sent = one.sent.getOrDefault(other.owner, 0);
        int got = other.got.getOrDefault(one.owner, 0);
        if (sent != got) {
          found.add("%s sent %d to %s, which got %d".formatted(one.owner, sent, other.owner, got));
        }
      }
    }
    return found;
  }
}
