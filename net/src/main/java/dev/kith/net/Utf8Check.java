package dev.kith.net;

/// Checks that bytes are UTF-8 as they arrive, so that bad text is refused at its first bad byte
/// however it was cut up.
///
/// **Threading.** Belongs to one loop.
final class Utf8Check {
  private static final int CONTINUATION_FIRST = 0x80;
  private static final int CONTINUATION_LAST = 0xBF;

  /// How many bytes of the current character are still to come.
  private int missing;

  /// The range of the next continuation byte; narrower after the four leads that could begin an
  /// overlong form, a surrogate or a number beyond Unicode.
  private int first = CONTINUATION_FIRST;

  private int last = CONTINUATION_LAST;

  /// Whether all bytes so far, these included, can be the beginning of a valid text.
  boolean accepts(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xFF;
      if (missing == 0 ? !lead(b) : !continuation(b)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the text may end here.
  boolean isComplete() {
    return missing == 0;
  }

  void reset() {
    missing = 0;
    first = CONTINUATION_FIRST;
    last = CONTINUATION_LAST;
  }

  private boolean lead(int b) {
    if (b < 0x80) {
      return true;
    }
    if (b < 0xC2 || b > 0xF4) {
      return false;
    }
    missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
    switch (b) {
      case 0xE0 -> first = 0xA0;
      case 0xED -> last = 0x9F;
      case 0xF0 -> first = 0x90;
      case 0xF4 -> last = 0x8F;
      default -> {}
    }
    return true;
  }

  private boolean continuation(int b) {
    if (b < first || b > last) {
      return false;
    }
    missing--;
    first = CONTINUATION_FIRST;
    last = CONTINUATION_LAST;
    return true;
  }
}
