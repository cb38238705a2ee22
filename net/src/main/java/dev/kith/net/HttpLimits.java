package dev.kith.net;

/// How large a request may be. Beyond it the answer is 414, 431 or 413, and the connection ends.
///
/// @param lineBytes the request line
/// @param headerBytes all header fields together
/// @param bodyBytes a body, which is read and thrown away
public record HttpLimits(int lineBytes, int headerBytes, int bodyBytes) {
  /// Something must fit.
  public HttpLimits {
    Limits.checkPositive("bytes of a request line", lineBytes);
    Limits.checkPositive("bytes of headers", headerBytes);
    Limits.checkAtLeast("bytes of a body", bodyBytes, "none", 0);
  }

  /// A line of 4 KiB, headers of 16 KiB, a body of 64 KiB.
  public static HttpLimits standard() {
    return new HttpLimits(4 << 10, 16 << 10, 64 << 10);
  }

  /// The same with another limit for the request line.
  public HttpLimits withLineBytes(int lineBytes) {
    return new HttpLimits(lineBytes, headerBytes, bodyBytes);
  }

  /// The same with another limit for headers.
  public HttpLimits withHeaderBytes(int headerBytes) {
    return new HttpLimits(lineBytes, headerBytes, bodyBytes);
  }

  /// The same with another limit for bodies.
  public HttpLimits withBodyBytes(int bodyBytes) {
    return new HttpLimits(lineBytes, headerBytes, bodyBytes);
  }
}
