package dev.kith.process;

import static dev.kith.process.Checks.check;

/// The name of a node, unique among the nodes that talk to each other.
///
/// **Limits.** 1 to 255 characters, each a letter, a digit or one of `_ - . @ :`.
///
/// @param text the name as it is printed and sent
public record NodeName(String text) {
  private static final int LENGTH_MAX = 255;

  public NodeName {
    check(
        !text.isEmpty() && text.length() <= LENGTH_MAX,
        "a node name has 1 to %d characters, this one %d",
        LENGTH_MAX,
        text.length());
    for (int i = 0; i < text.length(); i++) {
      check(isLegal(text.charAt(i)), "'%s' has an illegal character at %d", text, i);
    }
  }

  /// The name with this text.
  public static NodeName of(String text) {
    return new NodeName(text);
  }

  private static boolean isLegal(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.'
        || c == '@'
        || c == ':';
  }

  @Override
  public String toString() {
    return text;
  }
}
