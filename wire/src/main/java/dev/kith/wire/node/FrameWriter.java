package dev.kith.wire.node;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// Lays out frames: see [Frame] and `docs/protocol.md`.
///
/// **Threading.** Belongs to one connection's loop.
public final class FrameWriter {
  private static final LZ4Compressor LZ4 = LZ4Factory.safeInstance().fastCompressor();

  private final int compressFrom;
  private final CRC32C checksum = new CRC32C();

  /// Made when something is compressed for the first time: many connections never do.
  private byte[] packed = {};

  /// @param compressFrom bodies of at least so many bytes are compressed, if that makes them
  ///   smaller by an eighth
  public FrameWriter(int compressFrom) {
    this.compressFrom = compressFrom;
  }

  /// A frame that is no data.
  public ByteBuffer frame(Frame frame) {
    return frame(frame.kind(), frame.body());
  }

  /// A frame that is no data.
  public ByteBuffer frame(Frame.Kind kind, byte[] body) {
    byte[] frame = new byte[Frame.HEADER + body.length];
    System.arraycopy(body, 0, frame, Frame.HEADER, body.length);
    return frame(kind, 0, frame, body.length);
  }

  /// A frame around a body that stands in an array behind room for its header. Takes the array
  /// over.
  public ByteBuffer frame(Frame.Kind kind, int lane, byte[] array, int length) {
    if (length > Frame.BODY_MAX) {
      throw new IllegalArgumentException("a body of " + length + " bytes");
    }
    int shorter = length < compressFrom ? length : pack(array, length);
    if (shorter + length / 8 >= length) {
      return sealed(array, Frame.HEADER + length, kind, 0, lane);
    }
    byte[] frame = new byte[Frame.HEADER + 4 + shorter];
    ByteBuffer.wrap(frame).position(Frame.HEADER).putInt(length).put(packed, 0, shorter);
    return sealed(frame, frame.length, kind, Frame.COMPRESSED, lane);
  }

  private int pack(byte[] array, int length) {
    if (packed.length == 0) {
      packed = new byte[LZ4.maxCompressedLength(Frame.BODY_MAX)];
    }
    return LZ4.compress(array, Frame.HEADER, length, packed, 0);
  }

  private ByteBuffer sealed(byte[] array, int length, Frame.Kind kind, int flags, int lane) {
    ByteBuffer frame = ByteBuffer.wrap(array, 0, length);
    frame
        .put(0, (byte) kind.code())
        .put(1, (byte) flags)
        .putShort(2, (short) lane)
        .putInt(4, length - Frame.HEADER);
    int crc = crc(checksum, array, array, Frame.HEADER, length - Frame.HEADER);
    return frame.putInt(8, crc);
  }

  /// The checksum over a frame, without the four bytes that it stands in.
  static int crc(CRC32C checksum, byte[] header, byte[] body, int from, int length) {
    checksum.reset();
    checksum.update(header, 0, 8);
    checksum.update(body, from, length);
    return (int) checksum.getValue();
  }
}
