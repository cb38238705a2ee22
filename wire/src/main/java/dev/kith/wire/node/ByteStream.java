package dev.kith.wire.node;

import dev.kith.wire.Loop;
import java.nio.ByteBuffer;
import java.util.Set;

/// A two-way carrier of bytes to one other node, owned by one [Loop]: the other kind of carrier,
/// beside [dev.kith.wire.Pipe], which carries whole messages to clients.
///
/// **Ordering.** Bytes leave in the order written. **Threading.** Everything but [#loop()] and
/// [#remote()] only on the stream's loop. No call runs a method of the listener. **Failure.**
/// Writing to a stream that has ended does nothing.
public interface ByteStream {
  /// The loop that owns this stream.
  Loop loop();

  /// Where the other side is, in words for a log.
  String remote();

  /// The names in the certificate that the other side has shown and an authority vouches for; none
  /// if it has shown none.
  Set<String> certifiedNames();

  /// Whether both ends are on this machine, where bytes cost less than to make them fewer.
  boolean isWithinMachine();

  /// Queues bytes, and takes the buffer over: nobody else touches it from now on. Flushed when the
  /// loop has done what is posted to it.
  void write(ByteBuffer bytes);

  /// Whether bytes written now would go out soon. The listener hears
  /// [ByteStreamListener#writable()] when this turns true again.
  boolean isWritable();

  /// Reads no more until [#resume()], so that the other side is slowed down.
  void suspend();

  /// Ends a suspension.
  void resume();

  /// Sends what is queued, then ends. The listener hears [ByteStreamListener#closed].
  void close();
}
