package dev.kith.wire.web;

import dev.kith.wire.Payload;
import java.util.Objects;

/// A whole response. The server adds length, date and connection headers.
///
/// @param status how it went
/// @param headers without `Content-Length`, `Date`, `Connection` and `Transfer-Encoding`
/// @param body may be empty
public record WebResponse(Status status, Headers headers, Payload body) {
  /// A response must name all three.
  public WebResponse {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
  }

  /// Plain text.
  public static WebResponse text(Status status, String text) {
    return of(status, "text/plain; charset=utf-8", Payload.text(text));
  }

  /// JSON, already written.
  public static WebResponse json(Status status, String json) {
    return of(status, "application/json", Payload.text(json));
  }

  /// A body of the given content type.
  public static WebResponse of(Status status, String contentType, Payload body) {
    return new WebResponse(status, Headers.of("content-type", contentType), body);
  }

  /// The same response with one header more.
  public WebResponse withHeader(String name, String value) {
    return new WebResponse(status, headers.with(name, value), body);
  }
}
