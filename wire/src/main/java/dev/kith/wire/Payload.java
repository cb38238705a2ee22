package dev.kith.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// One message on its way to or from a client: text or binary, immutable, already encoded.
///
/// A payload is made once and may be written to any number of pipes, kept in a history and written
/// again later. Two payloads are equal when kind and bytes are.
///
/// **Threading.** Immutable; share it freely.
public final class Payload {
  private final Kind kind;
  private final byte[] bytes;

  private Payload(Kind kind, byte[] bytes) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.bytes = bytes;
  }

  /// What the receiver is told the bytes are.
  public enum Kind {
    /// UTF-8, and valid.
    TEXT,
    /// Anything.
    BINARY
  }

  /// A text message. Unpaired surrogates become `?`, as [String#getBytes] has it.
  public static Payload text(String text) {
    return new Payload(Kind.TEXT, text.getBytes(UTF_8));
  }

  /// A binary message with a copy of these bytes.
  public static Payload binary(byte[] bytes) {
    return new Payload(Kind.BINARY, bytes.clone());
  }

  /// A message that takes the array over without copying it. The caller gives the array away: it
  /// must not write to it again, and for text it vouches for valid UTF-8.
  public static Payload owning(Kind kind, byte[] bytes) {
    return new Payload(kind, Objects.requireNonNull(bytes, "bytes"));
  }

  /// Whether this is text or binary.
  public Kind kind() {
    return kind;
  }

  /// The number of bytes.
  public int size() {
    return bytes.length;
  }

  /// The bytes read as UTF-8, decoded anew at each call.
  public String text() {
    return new String(bytes, UTF_8);
  }

  /// The bytes, read-only and not copied.
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && kind == that.kind && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.hashCode(bytes);
  }

  /// Kind and size, never the content: payloads are what users wrote.
  @Override
  public String toString() {
    return kind + "(" + bytes.length + " bytes)";
  }
}
