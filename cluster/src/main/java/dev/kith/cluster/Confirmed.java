package dev.kith.cluster;

import dev.kith.process.Address;
import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.Node;
import dev.kith.process.Self;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/// Sends that are confirmed when the message is in the receiver's mailbox, and repeated over lost
/// connections until then (B9).
///
/// A message is delivered at most once to one life of the receiver's node. When time runs out it is
/// not known whether it was. `arrived` says nothing of what the receiver does with it: who wants to
/// know that makes a request.
///
/// **Ordering.** Confirmed sends from one process to another keep their order among themselves, not
/// with other sends. **Threading.** [#send] in the turn of its process; [#sendAndWait] anywhere.
/// **Limits.** At most [#WAITING_MAX] messages of a node wait to be confirmed by another; more fail
/// as `overloaded`.
public final class Confirmed {
  /// Messages that wait to be confirmed by one node.
  public static final int WAITING_MAX = 10_000;

  private final Node node;

  Confirmed(Node node) {
    this.node = node;
  }

  /// Sends, and tells the process as one of its own messages that the message has arrived, or why
  /// not: `noprocess`, `overloaded` (the mailbox was full), `wrong protocol`, or `timeout`.
  public <W, M> Cancel send(
      Self<W> self,
      Address<M> to,
      M message,
      Duration within,
      Function<? super Answer<Arrived>, ? extends W> as) {
    return self.<Arrived, Post.Send>ask(Post.NAME, order(to, message, within), within, as);
  }

  /// Sends and waits.
  ///
  /// @throws dev.kith.process.ExitException if it has not arrived, for one of the reasons of
  ///   [#send]
  public <M> Arrived sendAndWait(Address<M> to, M message, Duration within) {
    return node.<Arrived, Post.Send>call(Post.NAME, order(to, message, within), within);
  }

  private static Post.Send order(Address<?> to, Object message, Duration within) {
    return new Post.Send(to, Objects.requireNonNull(message), within);
  }
}
