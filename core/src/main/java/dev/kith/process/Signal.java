package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// The only thing that ever passes between processes: one node of a mailbox's list.
///
/// A signal belongs to its sender until it is pushed, then to the receiver. One and the same object
/// may be pushed again after it was taken out, which is how an answer, a `Down` and a link's exit
/// come without allocating: the record that asked for them travels back.
abstract sealed class Signal permits Mail, Control {
  /// The signal that was pushed before this one, then (once fetched) the one behind it.
  @Nullable Signal next;

  /// How many messages were ever pushed into the mailbox, up to and including this signal; wraps
  /// around. Written by the sender before it publishes the signal.
  int pushed;

  /// Takes effect at the receiver, in arrival order, between two of its messages.
  ///
  /// @return the message that this signal becomes, or null
  abstract @Nullable Mail arrive(LocalProcess<?> receiver);

  /// Says itself to a process of another node, instead of being pushed.
  void cross(RemoteProcess<?> to) {
    throw new IllegalStateException(this + " is not for " + to);
  }

  /// The receiver is dead, or ends without having handled this.
  abstract void refuse(LocalProcess<?> receiver, ExitReason reason);
}
