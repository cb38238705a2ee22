package dev.kith.net;

import dev.kith.wire.Closure;
import dev.kith.wire.Payload;
import java.nio.ByteBuffer;

/// The payload of a close frame (RFC 6455, section 5.5.1).
final class Goodbye {
  private static final int REASON_BYTES_MAX = Opcode.CONTROL_BYTES_MAX - 2;

  private Goodbye() {}

  /// Code and reason, the reason cut to what fits without cutting a character in two; empty when
  /// the code is one that is never sent.
  static Payload of(Closure closure) {
    if (!closure.code().isSendable()) {
      return Payload.binary(new byte[0]);
    }
    var reason = Payload.text(closure.reason()).bytes();
    int size = Math.min(reason.remaining(), REASON_BYTES_MAX);
    while (size < reason.limit() && isInsideCharacter(reason.get(size))) {
      size--;
    }
    byte[] bytes = new byte[2 + size];
    ByteBuffer.wrap(bytes).putShort((short) closure.code().value()).put(reason.limit(size));
    return Payload.owning(Payload.Kind.BINARY, bytes);
  }

  private static boolean isInsideCharacter(byte next) {
    return (next & 0xC0) == 0x80;
  }
}
