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

  private static final byte[] NONE = {};

  private final CRC32C checksum = new CRC32C();
  private final byte[] header = new byte[Frame.HEADER];

  /// Of the frame whose header is whole.
  private byte[] body = NONE;

  private int have;
  private int bodyMax = Frame.BODY_MAX;

  /// Nothing has come.
  public FrameReader() {}

  /// No body may be longer than that from now on.
  public void limit(int bytes) {
    bodyMax = Math.min(bytes, Frame.BODY_MAX);
  }

  /// Takes all bytes, and hands over each frame that they complete.
  ///
  /// @return what is wrong with them; empty if nothing is. After that nothing more must be read
  public String read(ByteBuffer bytes, Consumer<? super Frame> each) {
    try {
      while (bytes.hasRemaining()) {
        if (have < Frame.HEADER) {
          fill(bytes, header, 0);
          if (have < Frame.HEADER) {
            break;
          }
          body = new byte[length()];
        }
        fill(bytes, body, Frame.HEADER);
        if (have == Frame.HEADER + body.length) {
          have = 0;
          each.accept(frame());
        }
      }
      return "";
    } catch (Malformed wrong) {
      return wrong.words();
    }
  }

  /// Takes bytes into a part of the frame that begins there.
  private void fill(ByteBuffer bytes, byte[] part, int begin) {
    int count = Math.min(begin + part.length - have, bytes.remaining());
    bytes.get(part, have - begin, count);
    have += count;
  }

  private int length() {
    int length = ByteBuffer.wrap(header).getInt(4);
    if (length < 0 || length > bodyMax) {
      throw new Malformed("a frame of " + (length & 0xFFFF_FFFFL) + " bytes");
    }
    return length;
  }

  private Frame frame() {
    ByteBuffer parts = ByteBuffer.wrap(header);
    if (parts.getInt(8) != FrameWriter.crc(checksum, header, body, 0, body.length)) {
      throw new Malformed("a frame with a wrong checksum");
    }
    int kind = parts.get(0);
    int flags = parts.get(1);
    int lane = parts.getShort(2);
    if (lane < 0 || lane >= Frame.LANES) {
      throw new Malformed("a frame in lane " + lane);
    }
    if (flags != 0 && flags != Frame.COMPRESSED) {
      throw new Malformed("a frame with flags " + flags);
    }
    return new Frame(Frame.Kind.of(kind), lane, flags == 0 ? body : unpacked(new Input(body)));
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
