package dev.kith.gateway;

import dev.kith.process.NodeName;
import java.util.Comparator;

/// When something was said and where: what orders all that rooms keep in the same way on every
/// node, and tells what is new to one.
///
/// @param time microseconds since 1970, more than anything that the node had made or heard before
/// @param node where it was said
/// @param life in which life of that node
/// @param number higher for each later one of that life
record Stamp(long time, NodeName node, int life, long number) implements Comparable<Stamp> {
  private static final Comparator<Stamp> ORDER =
      Comparator.comparingLong(Stamp::time)
          .thenComparing(stamp -> stamp.node.text())
          .thenComparingInt(Stamp::life)
          .thenComparingLong(Stamp::number);

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }
}
