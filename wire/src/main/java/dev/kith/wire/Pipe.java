package dev.kith.wire;

import java.net.InetSocketAddress;

/// A two-way carrier of whole messages to one client, owned by one [Loop].
///
/// **Ordering.** What is written leaves in the order written. **Threading.** Everything but
/// [#loop()] and [#remote()] may be called only on the pipe's loop; elsewhere it throws
/// [IllegalStateException]. No call runs a method of the listener. **Limits.** Messages that the
/// client has not taken yet are bounded in bytes, in number and in age, and in memory together with
/// those of other clients. At the limit the pipe closes with [CloseCode#TRY_AGAIN_LATER] and
/// [Cause#TOO_SLOW]. **Failure.** Writing to a pipe that is closing or closed does nothing but
/// count.
public interface Pipe {
  /// The loop that owns this pipe.
  Loop loop();

  /// Where the client is, as the socket says.
  InetSocketAddress remote();

  /// Queues a message. It is flushed when the loop has done what is posted to it, so writing a
  /// hundred messages in a row costs one flush.
  void write(Payload message);

  /// How many bytes wait to be taken by the client's connection.
  long pendingBytes();

  /// Whether a message written now would go straight to the connection. The listener hears
  /// [PipeListener#writable()] when this turns true again.
  boolean isWritable();

  /// Hands the listener no more messages until [#resume()], and reads no more, so that the client
  /// is slowed down by its own connection. While suspended, silence is not held against the client,
  /// and its going away may be noticed only by a write.
  void suspend();

  /// Ends a suspension. Without one it does nothing.
  void resume();

  /// Sends what is queued, then says goodbye. The first close counts, later ones do nothing.
  void close(CloseCode code, String reason);
}
