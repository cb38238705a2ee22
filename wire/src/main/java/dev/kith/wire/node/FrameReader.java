package dev.kith.wire.node;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// Puts frames together from bytes as they come.
///
/// **Threading.** Belongs to one connection's loop. **Limits.** Keeps at most one frame.
public final class FrameReader {
  private static final LZ4SafeDecompressor LZ4 = LZ4Factory.safeInstance().safeDecompressor();

  private final CRC32C checksum = new CRC32C();
  private final byte[] frame = new byte[Frame.HEADER + Frame.BODY_MAX];
  private int have;

  /// Nothing has come.
  public FrameReader() {}

  /// Takes all bytes, and hands over each frame that they complete.
  ///
  /// @return what is wrong with them; empty if nothing is. After that nothing more must be read
  public String read(ByteBuffer bytes, Consumer<? super Frame> each) {
    try {
      while (bytes.hasRemaining()) {
        fill(bytes, Frame.HEADER);
        if (have >= Frame.HEADER) {
          int whole = Frame.HEADER + length();
          fill(bytes, whole);
          if (have == whole) {
            have = 0;
            each.accept(frame(whole));
          }
        }
      }
      return "";
    } catch (Malformed wrong) {
      return wrong.words();
    }
  }

  private void fill(ByteBuffer bytes, int until) {
    int count = Math.min(until - have, bytes.remaining());
    if (count > 0) {
      bytes.get(frame, have, count);
      have += count;
    }
  }

  private int length() {
    int length = ByteBuffer.wrap(frame).getInt(4);
    if (length < 0 || length > Frame.BODY_MAX) {
      throw new Malformed("a frame of " + (length & 0xFFFF_FFFFL) + " bytes");
    }
    return length;
  }

  private Frame frame(int whole) {
    ByteBuffer header = ByteBuffer.wrap(frame);
    if (header.getInt(8) != FrameWriter.crc(checksum, frame, whole)) {
      throw new Malformed("a frame with a wrong checksum");
    }
    int kind = header.get(0);
    int flags = header.get(1);
    int lane = header.getShort(2);
    if (lane < 0 || lane >= Frame.LANES) {
      throw new Malformed("a frame in lane " + lane);
    }
    if (flags != 0 && flags != Frame.COMPRESSED) {
      throw new Malformed("a frame with flags " + flags);
    }
    Input body = new Input(frame, Frame.HEADER, whole);
    return new Frame(Frame.Kind.of(kind), lane, flags == 0 ? body.rest() : unpacked(body));
  }

  private static byte[] unpacked(Input body) {
    int length = body.u32();
    if (length < 0 || length > Frame.BODY_MAX) {
      throw new Malformed("a frame of " + (length & 0xFFFF_FFFFL) + " bytes, uncompressed");
    }
    byte[] packed = body.rest();
    byte[] raw = new byte[length];
    try {
      int written = LZ4.decompress(packed, 0, packed.length, raw, 0, length);
      if (written != length) {
        throw new Malformed("a frame that is not as long as it says");
      }
      return raw;
    } catch (LZ4Exception e) {
      throw new Malformed("a frame that cannot be uncompressed");
    }
  }
}
