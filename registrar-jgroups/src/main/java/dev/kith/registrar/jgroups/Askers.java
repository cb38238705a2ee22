package dev.kith.registrar.jgroups;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.UUID;

/*
 * What the dissertation on raft (Ongaro 2014, 6.3) keeps as clients' sessions. It keeps answers too, for whoever asks
 * again; here an answer is taken from the asker's own copy, so the numbers are enough.
 */
/// Which questions were applied: one that comes twice is applied once.
///
/// Whoever asks numbers its questions, and says with each of them the least number that it waits
/// for. What is below that has its answer, or nobody who wants it, so of each asker no more is kept
/// than it waits for at a time. This is the same at all copies, and belongs to what is handed to a
/// newcomer.
///
/// **Threading.** One thread at a time.
final class Askers {
  /// Of more than these, the one that was silent for the longest time is forgotten.
  private static final int ASKERS_MAX = 20_000;

  /// By when they asked last.
  private final SequencedMap<UUID, Asker> askers = new LinkedHashMap<>();

  /// One life of a node.
  private static final class Asker {
    long least;

    /// Of the questions from that number on, those that were applied.
    final NavigableSet<Long> applied = new TreeSet<>();
  }

  /// Takes note of a question, and says whether it is to be applied.
  ///
  /// @param least what the asker waited for when it asked
  boolean admit(UUID from, long number, long least) {
    Asker asker = askers.computeIfAbsent(from, _ -> new Asker());
    askers.putLast(from, asker);
    if (askers.size() > ASKERS_MAX) {
      askers.pollFirstEntry();
    }
    boolean isNew = number >= asker.least && asker.applied.add(number);
    if (least > asker.least) {
      asker.least = least;
      asker.applied.headSet(least).clear();
    }
    return isNew;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(askers.size());
    for (Map.Entry<UUID, Asker> entry : askers.entrySet()) {
      out.writeLong(entry.getKey().getMostSignificantBits());
      out.writeLong(entry.getKey().getLeastSignificantBits());
      Asker asker = entry.getValue();
      out.writeLong(asker.least);
      out.writeInt(asker.applied.size());
      for (long number : asker.applied) {
        out.writeLong(number);
      }
    }
  }

  /// Takes what was written, in place of what was here.
  void readFrom(DataInput in) throws IOException {
    askers.clear();
    for (int i = in.readInt(); i > 0; i--) {
      Asker asker = new Asker();
      askers.put(new UUID(in.readLong(), in.readLong()), asker);
      asker.least = in.readLong();
      for (int j = in.readInt(); j > 0; j--) {
        asker.applied.add(in.readLong());
      }
    }
  }
}
