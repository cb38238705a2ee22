package dev.kith.cluster.registrar;

import dev.kith.process.NodeName;

/// The right of one member to something that only one may have at a time, for as long as it stays
/// and does not give it back.
///
/// The token is the *fencing number* of Kleppmann's "How to do distributed locking": it is greater
/// than that of every earlier lease, so whoever remembers the greatest it has seen can refuse a
/// holder that does not know yet that it is none any more ([Fence]).
///
/// @param name what it is the right to
/// @param holder who has it
/// @param stay the holder's
/// @param token its fencing number, greater than those of all earlier leases
/// @param value what the holder says with it
public record Lease(String name, NodeName holder, long stay, long token, String value) {
  /// Why nobody else can have it, in words.
  public String refusal() {
    return "held by " + holder + ": " + value;
  }

  @Override
  public String toString() {
    return name + " of " + holder + " (token " + token + ")";
  }
}
