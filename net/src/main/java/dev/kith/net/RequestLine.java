package dev.kith.net;

import dev.kith.wire.web.Headers;
import dev.kith.wire.web.Method;
import dev.kith.wire.web.WebRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/// Translates Netty's requests into ours.
final class RequestLine {
  private static final int PARAMETERS_MAX = 64;

  private RequestLine() {}

  /// The method, if it is one that routes answer.
  static Optional<Method> method(HttpRequest request) {
    return switch (request.method().name()) {
      case "GET" -> Optional.of(Method.GET);
      case "HEAD" -> Optional.of(Method.HEAD);
      default -> Optional.empty();
    };
  }

  /// The request as routes see it; empty if it is malformed.
  static Optional<WebRequest> parse(HttpRequest request, Method method, InetSocketAddress remote) {
    boolean needsHost = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (needsHost && hosts == 0)) {
      return Optional.empty();
    }
    try {
      var uri =
          QueryStringDecoder.builder().maxParams(PARAMETERS_MAX).build(originForm(request.uri()));
      return Optional.of(
          new WebRequest(
              method,
              uri.path(),
              Map.copyOf(uri.parameters()),
              Headers.from(request.headers()),
              remote));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A proxy's `http://host/path` without its beginning.
  private static String originForm(String target) {
    int authority = target.startsWith("http://") ? "http://".length() : -1;
    if (authority < 0) {
      return target;
    }
    int path = target.indexOf('/', authority);
    return path < 0 ? "/" : target.substring(path);
  }
}
