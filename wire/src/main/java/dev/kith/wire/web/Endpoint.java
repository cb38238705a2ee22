package dev.kith.wire.web;

/// A place where WebSockets may be opened.
///
/// **Threading.** Called on loops, several at a time; must answer at once. **Failure.** An endpoint
/// that throws is reported and the client gets [Status#INTERNAL_ERROR].
@FunctionalInterface
public interface Endpoint {
  /// Whether this request may become a WebSocket. Asked before the upgrade, so that a refusal is an
  /// ordinary response that every client can read.
  Admission admit(WebRequest request);
}
