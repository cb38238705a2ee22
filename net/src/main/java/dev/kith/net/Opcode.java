package dev.kith.net;

import dev.kith.wire.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// The kinds of WebSocket frames (RFC 6455, section 5.2), and how the server writes one.
enum Opcode {
  CONTINUATION(0x0),
  TEXT(0x1),
  BINARY(0x2),
  CLOSE(0x8),
  PING(0x9),
  PONG(0xA);

  /// The longest payload of a control frame.
  static final int CONTROL_BYTES_MAX = 125;

  private static final int FIN = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private final int bits;

  Opcode(int bits) {
    this.bits = bits;
  }

  static Opcode of(Payload.Kind kind) {
    return switch (kind) {
      case TEXT -> TEXT;
      case BINARY -> BINARY;
    };
  }

  /// The size of a whole unmasked frame with this payload.
  static int frameBytes(Payload payload) {
    int size = payload.size();
    return size + (size <= CONTROL_BYTES_MAX ? 2 : size <= 0xFFFF ? 4 : 10);
  }

  /// A whole unmasked frame, the same for every receiver.
  ByteBuf frame(Payload payload, ByteBufAllocator allocator) {
    var frame = allocator.directBuffer(frameBytes(payload));
    int size = payload.size();
    frame.writeByte(FIN | bits);
    if (size <= CONTROL_BYTES_MAX) {
      frame.writeByte(size);
    } else if (size <= 0xFFFF) {
      frame.writeByte(LENGTH_16).writeShort(size);
    } else {
      frame.writeByte(LENGTH_64).writeLong(size);
    }
    return frame.writeBytes(payload.bytes());
  }
}
