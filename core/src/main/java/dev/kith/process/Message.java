package dev.kith.process;

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

  /// A message that came over a wire and is accounted in bytes until it is taken out.
  static final class Wired extends Message {
    private final int bytes;
    private final @Nullable TraceContext trace;

    Wired(Object value, int bytes, @Nullable TraceContext trace) {
      super(value);
      this.bytes = bytes;
      this.trace = trace;
    }

    @Override
    void taken(LocalProcess<?> receiver) {
      receiver.extras().releaseWireBytes(bytes);
    }

    @Override
    void overflow(LocalProcess<?> receiver) {
      receiver.extras().releaseWireBytes(bytes);
      super.overflow(receiver);
    }

    @Override
    void refuse(LocalProcess<?> receiver, ExitReason reason) {
      receiver.extras().releaseWireBytes(bytes);
      super.refuse(receiver, reason);
    }

    @Override
    @Nullable TraceContext trace() {
      return trace;
    }
  }
}
