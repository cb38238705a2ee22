package dev.kith.wire.node;

/// Why two nodes do not connect.
public enum Refusal {
  /// What came was no handshake, or not the step whose turn it was.
  NO_HANDSHAKE(0, "what came is no handshake of a Kith node"),
  /// The two have no version of the protocol in common.
  VERSION(1, "no version of the protocol in common"),
  /// Both have the same name.
  SAME_NAME(2, "both nodes have the same name"),
  /// They write messages in different ways.
  CODEC(3, "different codecs"),
  /// They expect signs of life at different intervals, so one would take the other for dead.
  TICKS(4, "different heartbeat intervals"),
  /// One does not know the other's secret.
  SECRET(5, "wrong cluster secret"),
  /// There is a connection between the two already, or a better one is being made.
  DUPLICATE(6, "there is another connection"),
  /// The node has been replaced by a later life of it.
  REPLACED(7, "a later life of this node is here"),
  /// The node that is asked stops.
  STOPPING(8, "this node stops"),
  /// The handshake took too long.
  TOO_SLOW(9, "the handshake took too long"),
  /// The node may not connect.
  NOT_ALLOWED(10, "this node may not connect"),
  /// Another life of the node is connected, and was heard of just now.
  ALIVE(11, "another node of this name is connected, and alive"),
  /// The name that the node says is not in the certificate that it has shown.
  UNCERTIFIED(12, "its certificate does not have this node's name"),
  /// There are too many connections that have proved nothing, or too many have come in a second. It
  /// is said to nobody: such a connection is closed at once.
  CROWDED(13, "too many connections at once");

  private final int code;
  private final String words;

  Refusal(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /// Its number on the wire.
  int code() {
    return code;
  }

  /// The refusal with this number; one that a later version has added is [#NOT_ALLOWED].
  static Refusal of(int code) {
    for (Refusal refusal : values()) {
      if (refusal.code == code) {
        return refusal;
      }
    }
    return NOT_ALLOWED;
  }

  /// What it means, for a log.
  public String words() {
    return words;
  }
}
