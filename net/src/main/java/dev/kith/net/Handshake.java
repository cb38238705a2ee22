package dev.kith.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What a request for a WebSocket must look like, and how it is answered (RFC 6455, section 4.2).
sealed interface Handshake {
  /// The request is in order.
  ///
  /// @param accept the value of `Sec-WebSocket-Accept`
  record Proper(String accept) implements Handshake {}

  /// The request is none, or none that this server speaks.
  ///
  /// @param response what to answer
  record Improper(WebResponse response) implements Handshake {}

  /// Looks at a GET request.
  static Handshake of(HttpRequest request) {
    var headers = request.headers();
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      return upgradeRequired("this is a WebSocket\n");
    }
    if (!"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return upgradeRequired("this is a WebSocket of version 13\n");
    }
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return improper("a WebSocket needs HTTP/1.1\n");
    }
    var key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "").trim();
    return isKey(key)
        ? new Proper(accept(key))
        : improper("Sec-WebSocket-Key must be 16 bytes in Base64\n");
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String accept(String key) {
    var salted = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    try {
      var digest = MessageDigest.getInstance("SHA-1").digest(salted.getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException thrown) {
      throw new IllegalStateException("every Java has SHA-1", thrown);
    }
  }

  private static Handshake improper(String why) {
    return new Improper(WebResponse.text(Status.BAD_REQUEST, why));
  }

  private static Handshake upgradeRequired(String why) {
    return new Improper(
        WebResponse.text(Status.UPGRADE_REQUIRED, why)
            .withHeader("upgrade", "websocket")
            .withHeader("sec-websocket-version", "13"));
  }
}
