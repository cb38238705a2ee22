package dev.kith.wire.node;

/// Turns messages into bytes and back.
///
/// A codec is made for one node and one list of types ([Types]), and encodes nothing else.
///
/// **Threading.** Any thread.
public interface Codec {
  /// What it is called in a handshake: two nodes that name different codecs do not talk.
  String name();

  /// The same for a node that knows other types, or the same with other components: larger, but
  /// each message says what it is made of.
  Codec tolerant();

  /// Writes a message behind what was written.
  ///
  /// @throws IllegalArgumentException if the message, or something in it, cannot be encoded
  void encode(Object message, Output out);

  /// Reads a message of a type from part of an array.
  ///
  /// @throws RuntimeException if the bytes are no such message
  Object decode(Class<?> type, byte[] bytes, int from, int length);
}
