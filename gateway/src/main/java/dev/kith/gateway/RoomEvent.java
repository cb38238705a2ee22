package dev.kith.gateway;

import dev.kith.observe.SystemEvent;

/// What a process hears of a room that it has subscribed to, and what a node tells of its rooms as
/// system events.
public sealed interface RoomEvent extends SystemEvent {

  /// The room's name.
  String room();

  /// A session has joined.
  ///
  /// @param room the room
  /// @param session who
  /// @param members how many sessions are in the room now
  record Joined(String room, String session, int members) implements RoomEvent {}

  /// A session has left, or ended.
  ///
  /// @param room the room
  /// @param session who
  /// @param members how many sessions are in the room now
  record Left(String room, String session, int members) implements RoomEvent {}

  /// An event was broadcast in the room.
  ///
  /// @param room the room
  /// @param event its name
  /// @param data its data
  record Happened(String room, String event, Object data) implements RoomEvent {}
}
