package dev.kith.group;

/// Takes down how the members that a node has in a scope change, to tell other nodes.
@FunctionalInterface
public interface Journal {

  /// A process of this node has joined or left a group. Called in the order of the changes, under
  /// the scope's lock: must not wait, nor call the scope.
  ///
  /// @param version how many changes there were, this one included
  /// @param change what has changed
  void changed(long version, Row change);
}
