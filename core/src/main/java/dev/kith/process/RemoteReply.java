package dev.kith.process;

import java.util.Objects;
import java.util.function.LongFunction;

/// The right to answer a request that was asked on another node.
///
/// @param node this node
/// @param asker where it was asked
/// @param incarnation the life of that node
/// @param id the request's number there
record RemoteReply<R>(Node node, NodeName asker, int incarnation, long id) implements ReplyTo<R> {

  @Override
  public void reply(R value) {
    Objects.requireNonNull(value);
    carry(from -> new NodeSignal.Reply(from, id, value));
  }

  @Override
  public void fail(ExitReason reason) {
    Objects.requireNonNull(reason);
    carry(from -> new NodeSignal.Failure(from, id, reason));
  }

  @Override
  public boolean isAwaited() {
    return true;
  }

  private void carry(LongFunction<NodeSignal> signal) {
    LocalProcess<?> answering = Running.process();
    boolean outer = answering == null || answering.enter();
    try {
      long from = answering == null ? 0 : answering.serial;
      node.peers.of(asker).carry(incarnation, signal.apply(from));
    } finally {
      if (answering != null) {
        answering.leave(outer);
      }
    }
  }
}
