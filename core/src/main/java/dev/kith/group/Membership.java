package dev.kith.group;

import dev.kith.process.Pid;

/// A change in who is in a group.
public sealed interface Membership {

  /// The name of the group.
  String group();

  /// The process that joined or left.
  Pid member();

  /// A process has joined: once for each time it does.
  ///
  /// @param group the group's name
  /// @param member the process
  record Joined(String group, Pid member) implements Membership {}

  /// A process has left or ended: once for each time it had joined.
  ///
  /// @param group the group's name
  /// @param member the process
  record Left(String group, Pid member) implements Membership {}
}
