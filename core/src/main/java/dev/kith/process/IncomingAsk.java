package dev.kith.process;

import dev.kith.observe.DropReason;
import org.jspecify.annotations.Nullable;

/// A request from another node: its answer goes back over a connection.
final class IncomingAsk<R> extends Ask<R> {
  private final Peer peer;
  private final long id;
  private final Letter letter;

  /// Who is to answer.
  private final LocalProcess<?> server;

  IncomingAsk(
      Peer peer,
      long id,
      Letter letter,
      LocalProcess<?> server,
      @Nullable AliasRef<?> via,
      @Nullable TraceContext trace) {
    super(new Unopened<>(letter), null, null, via, Long.MAX_VALUE, trace);
    this.peer = peer;
    this.id = id;
    this.letter = letter;
    this.server = server;
  }

  /// Stands for a request until it is opened.
  private record Unopened<R>(Letter letter) implements Request<R> {}

  Reference reference() {
    return new Reference.OfReply(peer.name(), peer.incarnation(), id);
  }

  @Override
  boolean isForRuntime() {
    return !letter.isWhole() || super.isForRuntime();
  }

  @Override
  void runFor(LocalProcess<?> receiver) {
    receiver.releaseWireBytes(letter.bytes());
    if (letter.isWhole()) {
      super.runFor(receiver);
      return;
    }
    receiver.node.drops().count(DropReason.UNDECODABLE);
    refuse(new ExitReason.Custom("the request could not be decoded"));
  }

  @Override
  @SuppressWarnings("unchecked") // a letter for a request holds one: see Peer
  Object open() {
    request = (Request<R>) letter.open();
    return super.open();
  }

  @Override
  void taken(LocalProcess<?> receiver) {
    receiver.releaseWireBytes(letter.bytes());
  }

  @Override
  void overflow(LocalProcess<?> receiver) {
    receiver.releaseWireBytes(letter.bytes());
    super.overflow(receiver);
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    receiver.releaseWireBytes(letter.bytes());
    super.refuse(receiver, reason);
  }

  /// The answer leaves in the name of who gives it, so that it keeps its place among what that
  /// process sends.
  @Override
  void sendBack(@Nullable Worker worker) {
    LocalProcess<?> answering = Running.process();
    long from = answering == null ? server.serial : answering.serial;
    boolean sent = false;
    try {
      switch (answer()) {
        case Answer.Reply<R>(R value) -> peer.carry(0, new NodeSignal.Reply(from, id, value));
        case Answer.Failed<R>(ExitReason reason) ->
            peer.carry(0, new NodeSignal.Failure(from, id, reason));
      }
      sent = true;
    } finally {
      if (!sent) {
        openAgain();
      }
    }
  }
}
