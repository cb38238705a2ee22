package dev.kith.process;

/// The identity of a process: what it is linked, monitored, stopped and logged by.
///
/// A pid is never used twice. `incarnation` tells one life of a node from the next, so that a pid
/// kept over a restart reaches nobody instead of a stranger.
///
/// @param node the node that the process lives on
/// @param serial the process's number within one incarnation of the node; 0 is nobody
/// @param incarnation which life of the node
public record Pid(NodeName node, long serial, int incarnation) implements Comparable<Pid> {

  /// The pid that no process ever has: what a monitor of an unheld name reports.
  static Pid nobody(NodeName node) {
    return new Pid(node, 0, 0);
  }

  /// Orders by node, incarnation and serial, so that tables and traces print alike everywhere.
  @Override
  public int compareTo(Pid other) {
    int byNode = node.text().compareTo(other.node.text());
    if (byNode != 0) {
      return byNode;
    }
    int byIncarnation = Integer.compare(incarnation, other.incarnation);
    return byIncarnation != 0 ? byIncarnation : Long.compare(serial, other.serial);
  }

  @Override
  public String toString() {
    return "<" + node + "." + serial + ">";
  }
}
