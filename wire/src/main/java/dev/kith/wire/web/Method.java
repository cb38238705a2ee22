package dev.kith.wire.web;

/// What a route may be asked. Everything else is answered with [Status#METHOD_NOT_ALLOWED].
public enum Method {
  /// The whole response.
  GET,
  /// The response without its body. The server leaves the body out; a route need not care.
  HEAD
}
