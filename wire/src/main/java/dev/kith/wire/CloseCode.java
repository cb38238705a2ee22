package dev.kith.wire;

/// The number with which a WebSocket ends (RFC 6455, section 7.4, and the IANA registry).
///
/// @param value 1000 to 4999
public record CloseCode(int value) {
  /// The purpose is fulfilled.
  public static final CloseCode NORMAL = new CloseCode(1000);

  /// The server stops or the page is left.
  public static final CloseCode GOING_AWAY = new CloseCode(1001);

  /// The peer broke the protocol.
  public static final CloseCode PROTOCOL_ERROR = new CloseCode(1002);

  /// The peer sent a kind of message that is not accepted.
  public static final CloseCode UNSUPPORTED = new CloseCode(1003);

  /// The peer's goodbye had no code. Never sent.
  public static final CloseCode NONE = new CloseCode(1005);

  /// There was no goodbye. Never sent.
  public static final CloseCode ABNORMAL = new CloseCode(1006);

  /// Text that is not UTF-8.
  public static final CloseCode INVALID_TEXT = new CloseCode(1007);

  /// The peer is not allowed to do what it did.
  public static final CloseCode POLICY = new CloseCode(1008);

  /// A message beyond the hard limit.
  public static final CloseCode TOO_BIG = new CloseCode(1009);

  /// A fault on the server's side.
  public static final CloseCode INTERNAL_ERROR = new CloseCode(1011);

  /// The server restarts: come back.
  public static final CloseCode SERVICE_RESTART = new CloseCode(1012);

  /// The server is overloaded or the client too slow: come back later.
  public static final CloseCode TRY_AGAIN_LATER = new CloseCode(1013);

  /// The value must be one that the protocol has room for.
  public CloseCode {
    if (value < 1000 || value > 4999) {
      throw new IllegalArgumentException("close code " + value + ", expected 1000 to 4999");
    }
  }

  /// Whether this code may travel in a close frame; some only describe what was missing, some are
  /// not assigned.
  public boolean isSendable() {
    return switch (value) {
      case 1004, 1005, 1006, 1015 -> false;
      default -> value <= 1014 || value >= 3000;
    };
  }
}
