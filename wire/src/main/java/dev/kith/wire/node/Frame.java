package dev.kith.wire.node;

/// A piece of what flows between two nodes, whole and uncompressed.
public final class Frame {
  /// Bytes before the body: kind, flags, lane, length, checksum.
  public static final int HEADER = 12;

  /// Bytes in a body, before and after compression. A longer signal is spread over several frames,
  /// so that others get in between (NOD-6).
  public static final int BODY_MAX = 64 << 10;

  /// How many lanes there are.
  public static final int LANES = 16;

  /// The body is an LZ4 block behind its length when it is taken apart.
  static final int COMPRESSED = 1;

  /// What a frame is.
  public enum Kind {
    /// Who is there: the first frame from either side.
    HELLO(0),
    /// The proof that the sender knows the secret.
    PROOF(1),
    /// The connection is refused, with a number and words; nothing follows.
    REFUSAL(2),
    /// The names of the sender's types, when the two sides know different ones.
    TYPES(3),
    /// A piece of one lane's stream of signals.
    DATA(4),
    /// A sign of life, with a digest of the sender's scopes.
    HEARTBEAT(5),
    /// Other nodes that the sender knows of.
    INTRODUCTION(6),
    /// The sender leaves in good order; nothing follows.
    GOODBYE(7);

    private static final Kind[] BY_CODE = values();

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /// Its number on the wire.
    int code() {
      return code;
    }

    static Kind of(int code) {
      if (code < 0 || code >= BY_CODE.length) {
        throw new Malformed("a frame of kind " + code);
      }
      return BY_CODE[code];
    }
  }

  private final Kind kind;
  private final int lane;
  private final byte[] body;

  Frame(Kind kind, int lane, byte[] body) {
    this.kind = kind;
    this.lane = lane;
    this.body = body;
  }

  /// A frame that is no data.
  static Frame of(Kind kind, byte[] body) {
    return new Frame(kind, 0, body);
  }

  /// What it is.
  public Kind kind() {
    return kind;
  }

  /// Which lane it belongs to; 0 for all that is no data.
  int lane() {
    return lane;
  }

  /// What is in it, not copied.
  public byte[] body() {
    return body;
  }
}
