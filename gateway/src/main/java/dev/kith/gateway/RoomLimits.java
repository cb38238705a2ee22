package dev.kith.gateway;

/// Bounds of a gateway's rooms.
///
/// @param rooms how many rooms a node can have. For one more, a room makes way that nobody on the
///   node is in and that does not stay: one that has kept nothing if there is one, and of these the
///   one that was unused for longest. The node forgets what that has kept; others that have the
///   room do not. If no room can make way, the new one is refused
/// @param perSession how many rooms one session can be in
/// @param nameLength how many characters a room's name has at most, up to 300
/// @param history how many broadcasts a room keeps for those who join later
public record RoomLimits(int rooms, int perSession, int nameLength, int history) {
  /// 10,000 rooms, 100 a session, names of 100 characters, the last 100 broadcasts.
  public static final RoomLimits STANDARD = new RoomLimits(10_000, 100, 100, 100);

  /// So many have less bytes than a group's name may have, whatever they are.
  private static final int NAME_LENGTH_MAX = 300;

  public RoomLimits {
    if (rooms < 1 || perSession < 1 || nameLength < 1 || history < 0) {
      throw new IllegalArgumentException(
          "limits are positive: rooms %d, per session %d, name length %d, history %d"
              .formatted(rooms, perSession, nameLength, history));
    }
    if (nameLength > NAME_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "names of rooms have at most %d characters, not %d"
              .formatted(NAME_LENGTH_MAX, nameLength));
    }
  }
}
