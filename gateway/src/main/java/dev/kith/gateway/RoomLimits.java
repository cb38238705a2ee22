package dev.kith.gateway;

/// Bounds of a gateway's rooms.
///
/// @param rooms how many rooms there can be; a join that would make one more is refused
/// @param perSession how many rooms one session can be in
/// @param nameLength how many characters a room's name has at most
/// @param history how many broadcasts a room keeps for those who join later
public record RoomLimits(int rooms, int perSession, int nameLength, int history) {
  /// 10,000 rooms, 100 a session, names of 100 characters, the last 100 broadcasts.
  public static final RoomLimits STANDARD = new RoomLimits(10_000, 100, 100, 100);

  public RoomLimits {
    if (rooms < 1 || perSession < 1 || nameLength < 1 || history < 0) {
      throw new IllegalArgumentException(
          "limits are positive: rooms %d, per session %d, name length %d, history %d"
              .formatted(rooms, perSession, nameLength, history));
    }
  }
}
