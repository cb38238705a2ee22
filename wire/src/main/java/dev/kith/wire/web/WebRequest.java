package dev.kith.wire.web;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A request without its body.
///
/// @param method what is asked
/// @param path decoded, beginning with a slash
/// @param query decoded parameters in the order given
/// @param headers all header fields
/// @param remote where it comes from, as the socket says
public record WebRequest(
    Method method,
    String path,
    Map<String, List<String>> query,
    Headers headers,
    InetSocketAddress remote) {

  /// The path must begin with a slash; the query is copied.
  public WebRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(remote, "remote");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path '" + path + "' does not begin with a slash");
    }
    var copy = new LinkedHashMap<String, List<String>>();
    query.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    query = Collections.unmodifiableMap(copy);
  }

  /// The first value of a query parameter.
  public Optional<String> parameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }
}
