package dev.kith.process;

/// A process as those see it who are tied to it: one of this node, or one of another.
///
/// The protocol of links, monitors and exits is the same for both; a signal to a process of another
/// node says itself over the connection ([Signal#cross]).
sealed interface Party permits LocalProcess, RemoteProcess {

  /// Which process it is.
  Pid pid();

  /// Gives it a signal that is never refused for want of room.
  void signal(Signal signal);

  /// Sends it an exit signal; a kill fences at once, on the process's own node.
  void requestExit(Pid from, ExitReason reason);
}
