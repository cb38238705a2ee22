package dev.kith.wire;

/// What a pipe tells its owner.
///
/// **Ordering.** Messages come in the order sent; [#closed] comes last, exactly once, always.
/// **Threading.** Called on the pipe's loop, one call at a time, and never from inside a call to
/// the pipe. Must not block. **Failure.** A listener that throws closes its pipe with
/// [CloseCode#INTERNAL_ERROR] and [Cause#FAULT]; other pipes notice nothing.
public interface PipeListener {
  /// The client sent a message.
  void received(Payload message);

  /// The client sends a message over the size limit. It is thrown away as it arrives; the pipe
  /// stays open unless the message passes the hard limit as well.
  void oversized();

  /// The pipe takes messages again without queueing them. Told after [Pipe#isWritable()] was false.
  default void writable() {}

  /// The pipe has ended: nothing comes any more, and nothing written reaches the client.
  void closed(Closure closure);
}
