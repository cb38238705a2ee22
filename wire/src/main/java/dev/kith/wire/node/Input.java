package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/// Bytes that are being read: what [Output] wrote, or somebody who means no good.
///
/// Every method throws [Malformed] instead of reading beyond the end, and makes nothing that is
/// larger than what is there.
///
/// **Threading.** Belongs to who reads.
final class Input {
  private final byte[] bytes;
  private final int end;
  private int at;

  /// The part of an array from one index to before another.
  Input(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// A whole array.
  Input(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /// How many bytes are left.
  int left() {
    return end - at;
  }

  /// Where the next byte stands in the array.
  int position() {
    return at;
  }

  private void need(int count) {
    if (count < 0 || end - at < count) {
      throw new Malformed("%d bytes are left of %d".formatted(end - at, count));
    }
  }

  /// One byte.
  int u8() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /// Four bytes.
  int u32() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (bytes[at++] & 0xFF);
    }
    return value;
  }

  /// Eight bytes.
  long u64() {
    long high = u32() & 0xFFFF_FFFFL;
    return (high << 32) | (u32() & 0xFFFF_FFFFL);
  }

  /// A number of 1 to 10 bytes.
  long var() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Malformed("a number of more than ten bytes");
  }

  /// A number up to a limit.
  int var(int most) {
    long value = var();
    if (value < 0 || value > most) {
      throw new Malformed("%d, where at most %d is possible".formatted(value, most));
    }
    return (int) value;
  }

  /// Exactly so many bytes.
  byte[] raw(int length) {
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /// Bytes after their number, up to a limit.
  byte[] bytes(int most) {
    return raw(var(most));
  }

  /// Text of up to so many bytes, which must be UTF-8.
  String text(int most) {
    int length = var(most);
    need(length);
    at += length;
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at - length, length)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("text that is not UTF-8");
    }
  }

  /// Whatever is left.
  byte[] rest() {
    return raw(left());
  }

  /// Whatever is left, in its place if it is most of the array, so that nothing small keeps
  /// something large.
  Slice restInPlace() {
    int length = left();
    if (2 * length < bytes.length) {
      return new Slice(rest(), 0, length);
    }
    at = end;
    return new Slice(bytes, end - length, length);
  }

  /// A part of an array, which nobody changes.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Slice(byte[] array, int from, int length) {}

  /// Checks that nothing is left.
  void end() {
    if (left() != 0) {
      throw new Malformed("%d bytes too many".formatted(left()));
    }
  }
}
