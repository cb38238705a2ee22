package dev.kith.process;

/// The request behind every start of a process on another node.
///
/// @param blueprint what to start, by name
/// @param argument what to make it from
/// @param linked whether it is linked with who asks
record SpawnOrder<N>(String blueprint, Object argument, boolean linked)
    implements Request<ProcessRef<N>> {
  static final ExitReason ABANDONED = new ExitReason.Custom("abandoned");

  /// Takes it back when the answer is here and not yet handled: the link that came with it goes,
  /// and the child is told (SPN-5). In the parent's turn.
  void abandon(LocalProcess<?> parent, Answer<?> answer) {
    parent.fetch(); // the link comes before the answer
    if (linked && answer instanceof Answer.Reply<?>(RemoteProcess<?> remote)) {
      Links links = parent.extras().links;
      Link link = links.find(remote);
      if (link != null && link.over != null) {
        links.remove(link);
        link.over.carry(
            0, new NodeSignal.LinkExit(parent.serial, remote.pid().serial(), ABANDONED));
      }
    }
  }

  /// An order is for the node itself.
  static final NodeSignal.Target TARGET = new NodeSignal.Target.ToProcess(0);
}
