package dev.kith.net;

import dev.kith.wire.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// A frame on its way to any number of clients of one loop: laid out once, in direct memory, while
/// any of their channels has it, and counted once while it is in any of their outboxes.
///
/// **Threading.** Belongs to one loop.
final class Parcel {
  /// About what objects and buffers take beside the bytes of the frame.
  private static final int OVERHEAD_BYTES = 128;

  private final Opcode opcode;
  private final Payload payload;
  private final int frameBytes;
  private final Allowance allowance;

  private int boxes;
  private int channels;
  private @Nullable ByteBuf frame;

  Parcel(Opcode opcode, Payload payload, Allowance allowance) {
    this.opcode = opcode;
    this.payload = payload;
    this.allowance = allowance;
    frameBytes = Opcode.frameBytes(payload);
  }

  Opcode opcode() {
    return opcode;
  }

  Payload payload() {
    return payload;
  }

  int frameBytes() {
    return frameBytes;
  }

  boolean isMessage() {
    return opcode == Opcode.TEXT || opcode == Opcode.BINARY;
  }

  /// It is in one more outbox.
  void enter() {
    if (boxes++ == 0) {
      allowance.charge(frameBytes + OVERHEAD_BYTES);
    }
  }

  /// It is in one outbox less.
  void leave() {
    if (--boxes == 0) {
      allowance.free(frameBytes + OVERHEAD_BYTES);
    }
  }

  /// The frame; the receiver releases it.
  ByteBuf frame(ByteBufAllocator allocator) {
    var laidOut = frame;
    if (laidOut == null) {
      laidOut = opcode.frame(payload, allocator);
      frame = laidOut;
    }
    return laidOut.retainedDuplicate();
  }

  /// The frame is wanted by one more.
  void keepFrame() {
    channels++;
  }

  /// The frame is wanted by one less.
  void letFrameGo() {
    if (--channels == 0 && frame != null) {
      frame.release();
      frame = null;
    }
  }
}
