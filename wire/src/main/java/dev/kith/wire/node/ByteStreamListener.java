package dev.kith.wire.node;

import java.nio.ByteBuffer;

/// What a byte stream tells its owner.
///
/// **Ordering.** Bytes come in the order sent; [#closed] comes last, exactly once, always.
/// **Threading.** On the stream's loop, one call at a time, and never from inside a call to the
/// stream. Must not block. **Failure.** A listener that throws ends its stream.
public interface ByteStreamListener {
  /// One that nothing matters to, for a stream that is being closed.
  static ByteStreamListener deaf() {
    return new ByteStreamListener() {
      @Override
      public void received(ByteBuffer bytes) {}

      @Override
      public void writable() {}

      @Override
      public void closed(String why) {}
    };
  }

  /// Bytes have come. The buffer is the caller's again when this returns.
  void received(ByteBuffer bytes);

  /// The stream takes bytes again. Told after [ByteStream#isWritable()] was false.
  void writable();

  /// The stream has ended: nothing comes any more, and nothing written arrives.
  ///
  /// @param why in words for a log
  void closed(String why);
}
