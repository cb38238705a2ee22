package dev.kith.app;

import dev.kith.wire.Payload;
import dev.kith.wire.web.Headers;
import dev.kith.wire.web.Route;
import dev.kith.wire.web.Site;
import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebRequest;
import dev.kith.wire.web.WebResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The chat's page: files of this jar, read once.
///
/// Nothing on it comes from elsewhere, and its browser is told to take nothing from elsewhere. A
/// browser that has a file already is told that it has not changed.
final class Page {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Page() {}

  /// The files of the page, each with where it is served.
  private enum File {
    INDEX("/", "index.html", "text/html; charset=utf-8"),
    STYLE("/style.css", "style.css", "text/css; charset=utf-8"),
    ICON("/icon.svg", "icon.svg", "image/svg+xml"),
    MAIN("/main.js", "main.js", "text/javascript; charset=utf-8"),
    CONNECTION("/connection.js", "connection.js", "text/javascript; charset=utf-8"),
    BACKOFF("/backoff.js", "backoff.js", "text/javascript; charset=utf-8"),
    MEMORY("/memory.js", "memory.js", "text/javascript; charset=utf-8"),
    ROOMS("/rooms.js", "rooms.js", "text/javascript; charset=utf-8"),
    TRANSCRIPT("/transcript.js", "transcript.js", "text/javascript; charset=utf-8");

    private final String path;
    private final String name;
    private final String type;

    File(String path, String name, String type) {
      this.path = path;
      this.name = name;
      this.type = type;
    }
  }

  /// The site with the page at its root.
  static Site addTo(Site site) {
    var all = site;
    for (var file : File.values()) {
      all = all.withRoute(file.path, route(file));
    }
    return all;
  }

  private static Route route(File file) {
    var body = Payload.owning(Payload.Kind.BINARY, read(file));
    var tag = tag(body);
    var headers =
        Headers.of("etag", tag)
            .with("cache-control", "no-cache")
            .with("content-security-policy", CONTENT_SECURITY_POLICY)
            .with("referrer-policy", "no-referrer")
            .with("x-content-type-options", "nosniff");
    var whole = new WebResponse(Status.OK, headers.with("content-type", file.type), body);
    var unchanged = new WebResponse(Status.NOT_MODIFIED, headers, Payload.text(""));
    return request -> knows(request, tag) ? unchanged : whole;
  }

  private static boolean knows(WebRequest request, String tag) {
    return request.headers().all("if-none-match").stream()
        .flatMap(tags -> Arrays.stream(tags.split(",")))
        .anyMatch(known -> known.strip().replace("W/", "").equals(tag));
  }

  private static byte[] read(File file) {
    try (var in = Page.class.getResourceAsStream("page/" + file.name)) {
      if (in == null) {
        throw new IllegalStateException("the page lacks " + file.name);
      }
      return in.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String tag(Payload body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(body.bytes());
      return '"' + HexFormat.of().formatHex(digest.digest(), 0, 16) + '"';
    } catch (NoSuchAlgorithmException thrown) {
      throw new IllegalStateException("every Java has SHA-256", thrown);
    }
  }
}
