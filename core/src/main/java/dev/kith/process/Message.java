package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// A plain message.
class Message extends Mail {
  final Object value;

  Message(Object value) {
    this.value = value;
  }

  @Override
  @Nullable Object open() {
    return value;
  }

  @Override
  Object subject() {
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
    private final LocalProcess<?> receiver;
    private final int bytes;
    private final @Nullable TraceContext trace;

    Wired(LocalProcess<?> receiver, Object value, int bytes, @Nullable TraceContext trace) {
      super(value);
      this.receiver = receiver;
      this.bytes = bytes;
      this.trace = trace;
    }

    @Override
    Object open() {
      receiver.extras().releaseWireBytes(bytes);
      return value;
    }

    @Override
    @Nullable TraceContext trace() {
      return trace;
    }
  }
}
