package dev.kith.wire.node;

/// Bytes that are not what they should be: whoever sent them is not to be talked to.
///
/// Thrown while reading and caught by the connection, which ends. It has no stack trace, since the
/// fault is not here.
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String words;

  Malformed(String words) {
    super(words, null, false, false);
    this.words = words;
  }

  /// What is wrong.
  String words() {
    return words;
  }
}
