package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Bytes that are being written: grows as needed, and is used again.
///
/// Numbers are big-endian. A *var* number takes seven bits a byte, lowest first, with the eighth
/// set on all bytes but the last (LEB128).
///
/// **Threading.** Belongs to who writes. **Limits.** Up to 2 GiB less a little; a
/// [java.lang.OutOfMemoryError] beyond.
public final class Output {
  private static final int SIZE_FIRST = 512;

  /// What is kept for the next use.
  private static final int SIZE_KEPT = 1 << 20;

  private byte[] bytes = new byte[SIZE_FIRST];
  private int size;

  /// Empty.
  public Output() {}

  /// The bytes written so far, valid until the next write.
  public byte[] array() {
    return bytes;
  }

  /// How many bytes were written.
  public int size() {
    return size;
  }

  /// A copy of what was written.
  public byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /// Forgets what was written.
  public void clear() {
    size = 0;
    if (bytes.length > SIZE_KEPT) {
      bytes = new byte[SIZE_FIRST];
    }
  }

  /// Goes on with another array, in which somebody has gone on writing what was written.
  public void goOnWith(byte[] other, int length) {
    bytes = other;
    size = length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max(2L * bytes.length, (long) size + more);
      int most = Integer.MAX_VALUE - 16;
      if ((long) size + more > most) {
        throw new OutOfMemoryError("a message of more than " + most + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, most));
    }
  }

  /// One byte.
  public void u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /// Four bytes.
  public void u32(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /// Eight bytes.
  public void u64(long value) {
    u32((int) (value >>> 32));
    u32((int) value);
  }

  /// A number that is small more often than not, taken as unsigned: 1 to 10 bytes.
  public void var(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// Bytes as they are.
  public void raw(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /// Bytes after their number.
  public void bytes(byte[] value) {
    var(value.length);
    raw(value, 0, value.length);
  }

  /// Text as UTF-8, after the number of its bytes.
  public void text(String value) {
    bytes(value.getBytes(UTF_8));
  }
}
