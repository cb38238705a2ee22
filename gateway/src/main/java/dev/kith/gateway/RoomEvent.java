package dev.kith.gateway;

import dev.kith.observe.SystemEvent;
import dev.kith.process.Pid;

/// What a process hears of a room that it has subscribed to, and what a node tells of its rooms as
/// system events.
public sealed interface RoomEvent extends SystemEvent {

  /// The room's name.
  String room();

  /// A session has joined.
  ///
  /// @param room the room
  /// @param session who: the process of the client, on whatever node that is
  /// @param members how many sessions are in the room now, on all nodes that can be reached
  record Joined(String room, Pid session, int members) implements RoomEvent {}

  /// A session has left, has ended or is on a node that cannot be reached any more.
  ///
  /// @param room the room
  /// @param session who: the process of the client, on whatever node that is
  /// @param members how many sessions are in the room now, on all nodes that can be reached
  record Left(String room, Pid session, int members) implements RoomEvent {}

  /// An event was broadcast in the room.
  ///
  /// @param room the room
  /// @param event its name
  /// @param data its data
  record Happened(String room, String event, Object data) implements RoomEvent {}
}
