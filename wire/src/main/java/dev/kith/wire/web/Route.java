package dev.kith.wire.web;

/// Answers requests to one path.
///
/// **Threading.** Called on loops, several at a time; must answer at once. **Failure.** A route
/// that throws is reported and answered with [Status#INTERNAL_ERROR].
@FunctionalInterface
public interface Route {
  /// The response to this request.
  WebResponse answer(WebRequest request);

  /// A route that always answers the same.
  static Route always(WebResponse response) {
    return _ -> response;
  }
}
