package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Clean.class)
class HttpTest {
  private final Served served = Served.with(HttpTest::limited);
  private final HttpClient client = HttpClient.newHttpClient();

  private static ServerSettings limited(ServerSettings settings) {
    return settings.withHttp(
        HttpLimits.standard().withLineBytes(1_000).withHeaderBytes(2_000).withBodyBytes(3_000));
  }

  @AfterEach
  void stop() {
    client.close();
    served.close();
  }

  @Test
  void aRouteAnswersWithTypeLengthAndDate() throws Exception {
    var response = ask(to("/hello").GET());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.headers().map())
        .containsKeys("content-type", "content-length", "date")
        .doesNotContainKey("transfer-encoding");
  }

  @Test
  void headIsTheSameWithoutABody() throws Exception {
    var response = ask(to("/hello").HEAD());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("content-length")).hasValue(5);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(ask(to("/nowhere").GET()).statusCode()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreNotAllowedAndTheirBodiesThrownAway() throws Exception {
    var response = ask(to("/hello").POST(BodyPublishers.ofString("x".repeat(2_000))));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void parametersAreDecoded() throws Exception {
    assertThat(ask(to("/query?q=a%20b%C3%A9").GET()).body()).isEqualTo("a bé");
  }

  @Test
  void aRouteThatThrowsIsAnInternalError() throws Exception {
    var response = ask(to("/broken").GET());
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("on purpose");
  }

  @Test
  void aWebSocketPathAskedForAPageWantsAnUpgrade() throws Exception {
    var response = ask(to("/echo").GET());
    assertThat(response.statusCode()).isEqualTo(426);
    assertThat(response.headers().firstValue("sec-websocket-version")).hasValue("13");
  }

  @Test
  void oneConnectionAnswersManyRequestsInOrder() {
    try (var peer = served.raw()) {
      peer.send(
          "GET /query?q=1 HTTP/1.1\r\nHost: a\r\n\r\nGET /query?q=2 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(peer.response().body()).isEqualTo("1");
      assertThat(peer.response().body()).isEqualTo("2");
      assertThat(peer.get("/query?q=3").body()).isEqualTo("3");
    }
  }

  @Test
  void aRequestThatWantsTheEndGetsItsAnswerFirst() {
    try (var peer = served.raw()) {
      peer.send("GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      var response = peer.response();
      assertThat(response.body()).hasSize(1 << 20);
      assertThat(response.head()).containsIgnoringCase("connection: close");
      peer.expectEnd();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                              | 400
          GET /hello HTTP/1.1                                   | 400
          GET /%zz HTTP/1.1~Host: a                             | 400
          GET hello HTTP/1.1~Host: a                            | 400
          GET /hello HTTP/1.1~Host: a~Host: b                   | 400
          POST /hello HTTP/1.1~Host: a~Content-Length: 3001     | 413
          POST /hello HTTP/1.1~Host: a~Expect: 100-continue     | 417
          """)
  void whatIsWrongIsRefusedAndTheConnectionEnds(String request, int status) {
    try (var peer = served.raw()) {
      peer.send(request.replace("~", "\r\n") + "\r\n\r\n");
      assertThat(peer.response().status()).isEqualTo(status);
      peer.expectEnd();
    }
  }

  @Test
  void aLongLineLongHeadersAndALongBodyInPiecesAreRefused() {
    assertThat(status("GET /" + "x".repeat(1_100) + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(414);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\nx: " + "x".repeat(2_100) + "\r\n\r\n"))
        .isEqualTo(431);
    assertThat(
            status(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFA0\r\n"
                    + "x".repeat(4_000)))
        .isEqualTo(413);
    assertThat(served.server.counts().refused(Refusal.REQUEST_TOO_LARGE)).isEqualTo(3);
  }

  @Test
  void aSilentConnectionIsClosedAndCounted() {
    try (var slow = Served.withStoppedClock(settings -> settings);
        var peer = slow.raw()) {
      peer.send("GET /hello HTTP/1.1\r\n");
      Eventually.holds("connected", () -> slow.server.counts().connections() == 1);
      slow.advance(Duration.ofSeconds(11));
      peer.expectEnd();
      assertThat(slow.server.counts().refused(Refusal.REQUEST_TIMEOUT)).isEqualTo(1);
    }
  }

  /// Whoever sees a connection in the counts and moves the clock on has moved its deadline nearer.
  @Test
  void aConnectionIsCountedOnlyOnceItsTimeRuns() {
    var clock = new LateAtTheFirstConnection();
    try (var served = Served.withTicker(clock)) {
      clock.server.set(served.server);
      try (var silent = served.raw()) {
        silent.expectEnd();
        assertThat(served.server.counts().refused(Refusal.REQUEST_TIMEOUT)).isEqualTo(1);
      }
    }
  }

  /// Stands still, and is eleven seconds later as soon as a connection is counted.
  private static final class LateAtTheFirstConnection implements Ticker {
    final AtomicReference<WebServer> server = new AtomicReference<>();
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
      var counted = server.get();
      if (counted != null && counted.counts().connections() > 0) {
        nanos.set(Duration.ofSeconds(11).toNanos());
      }
      return nanos.get();
    }
  }

  @Test
  void aClientThatTakesNoAnswersIsNotReadEither() {
    try (var peer = new RawPeer(served.server.port(), 4 << 10)) {
      var request = "GET /big HTTP/1.1\r\nHost: a\r\n\r\n";
      peer.send(request.repeat(200));
      Eventually.holds("some were answered", () -> served.server.counts().requests() > 0);
      assertThat(peer.response().body()).hasSize(1 << 20);
      assertThat(served.server.counts().requests()).isLessThan(200);
    }
  }

  private int status(String request) {
    try (var peer = served.raw()) {
      peer.send(request);
      return peer.response().status();
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + served.server.port() + path));
  }

  private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
