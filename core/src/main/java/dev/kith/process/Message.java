package dev.kith.process;

import dev.kith.observe.DropReason;
import org.jspecify.annotations.Nullable;

/// A plain message.
class Message extends Mail {
  final Object value;

  Message(Object value) {
    this.value = value;
  }

  @Override
  Object open() {
    return value;
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return value;
  }

  /// A message that belongs to a trace.
  static final class Traced extends Message {
    private final TraceContext trace;

    Traced(Object value, TraceContext trace) {
      super(value);
      this.trace = trace;
    }

    @Override
    TraceContext trace() {
      return trace;
    }
  }

  /// A message whose sender looks at once whether it is in.
  static final class Offered extends Message {
    private @Nullable ExitReason refusal;

    Offered(Object value) {
      super(value);
    }

    /// Why it was not let in; null if it was. Only right after it was sent, by who did.
    @Nullable ExitReason refusal() {
      return refusal;
    }

    @Override
    void overflow(LocalProcess<?> receiver) {
      super.overflow(receiver);
      refusal = ExitReason.overloaded();
    }

    @Override
    void refuse(LocalProcess<?> receiver, ExitReason reason) {
      super.refuse(receiver, reason);
      refusal = ExitReason.noProcess();
    }
  }

  /// A message that came over a wire, and is accounted in bytes until it is taken out.
  static final class Wired extends Message {
    private final Letter letter;
    private final @Nullable AliasRef<?> alias;
    private final @Nullable TraceContext trace;

    Wired(Letter letter, @Nullable AliasRef<?> alias, @Nullable TraceContext trace) {
      super(letter);
      this.letter = letter;
      this.alias = alias;
      this.trace = trace;
    }

    @Override
    boolean isForRuntime() {
      return !letter.isWhole() || (alias != null && alias.isCancelled());
    }

    @Override
    void runFor(LocalProcess<?> receiver) {
      taken(receiver);
      receiver
          .node
          .drops()
          .count(letter.isWhole() ? DropReason.INACTIVE_ALIAS : DropReason.UNDECODABLE);
    }

    @Override
    Object open() {
      Object message = letter.open();
      return alias == null ? message : alias.open(message);
    }

    @Override
    Object subject(LocalProcess<?> holder) {
      return letter.isWhole() ? letter.open() : letter;
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

    @Override
    @Nullable TraceContext trace() {
      return trace;
    }
  }
}
