package dev.kith.wire.web;

/// The status of a response (RFC 9110, section 15).
///
/// @param code 200 to 599
public record Status(int code) {
  /// 200.
  public static final Status OK = new Status(200);

  /// 204.
  public static final Status NO_CONTENT = new Status(204);

  /// 304.
  public static final Status NOT_MODIFIED = new Status(304);

  /// 400.
  public static final Status BAD_REQUEST = new Status(400);

  /// 401.
  public static final Status UNAUTHORIZED = new Status(401);

  /// 403.
  public static final Status FORBIDDEN = new Status(403);

  /// 404.
  public static final Status NOT_FOUND = new Status(404);

  /// 405.
  public static final Status METHOD_NOT_ALLOWED = new Status(405);

  /// 413.
  public static final Status CONTENT_TOO_LARGE = new Status(413);

  /// 414.
  public static final Status URI_TOO_LONG = new Status(414);

  /// 417.
  public static final Status EXPECTATION_FAILED = new Status(417);

  /// 426.
  public static final Status UPGRADE_REQUIRED = new Status(426);

  /// 429.
  public static final Status TOO_MANY_REQUESTS = new Status(429);

  /// 431.
  public static final Status HEADERS_TOO_LARGE = new Status(431);

  /// 500.
  public static final Status INTERNAL_ERROR = new Status(500);

  /// 503.
  public static final Status UNAVAILABLE = new Status(503);

  /// Interim responses are the server's own business.
  public Status {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("status " + code + ", expected 200 to 599");
    }
  }
}
