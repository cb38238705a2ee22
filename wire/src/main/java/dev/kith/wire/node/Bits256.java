package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A hash, or a number that nobody guesses.
///
/// @param a the first 64 bits
/// @param b the second
/// @param c the third
/// @param d the last
public record Bits256(long a, long b, long c, long d) {

  /// SHA-256 of a text as UTF-8.
  static Bits256 sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      ByteBuffer in = ByteBuffer.wrap(hash);
      return new Bits256(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void write(Output out) {
    out.u64(a);
    out.u64(b);
    out.u64(c);
    out.u64(d);
  }

  static Bits256 read(Input in) {
    return new Bits256(in.u64(), in.u64(), in.u64(), in.u64());
  }
}
