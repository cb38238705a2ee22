package dev.kith.net;

import static dev.kith.net.RawPeer.FIN;
import static dev.kith.net.RawPeer.PONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.wire.CloseCode;
import dev.kith.wire.Payload;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clean.class)
class PipeTest {
  @Test
  void aPipeIsTouchedOnItsLoopOnly() {
    try (var served = Served.standard();
        var peer = served.raw()) {
      peer.upgrade("/recorded");
      var pipe = Recorder.Queues.take(served.recorders).pipe;
      assertThatThrownBy(() -> pipe.write(Payload.text("a")))
          .isInstanceOf(IllegalStateException.class);
      assertThat(pipe.remote().getAddress().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void aRefusalIsAnOrdinaryResponse() {
    try (var served = Served.standard();
        var peer = served.raw()) {
      peer.send(RawPeer.upgradeRequest("/refusing"));
      var response = peer.response();
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.body()).isEqualTo("{\"error\":\"no\"}");
      assertThat(peer.get("/hello").status()).isEqualTo(200);
      assertThat(served.server.counts().refused(Refusal.NOT_ADMITTED)).isEqualTo(1);
    }
  }

  @Test
  void anEndpointThatThrowsIsAnInternalError() {
    try (var served = Served.standard();
        var peer = served.raw()) {
      peer.send(RawPeer.upgradeRequest("/failing"));
      assertThat(peer.response().status()).isEqualTo(500);
    }
  }

  @Test
  void anOwnerThatCannotBeMadeClosesThePipe() {
    try (var served = Served.standard();
        var peer = served.raw()) {
      peer.upgrade("/unowned");
      peer.expectClose(1011);
    }
  }

  @Test
  void aMessageSentTogetherWithTheRequestIsNotLost() {
    try (var served = Served.standard();
        var peer = served.raw()) {
      var request = RawPeer.upgradeRequest("/echo").getBytes(US_ASCII);
      var frame = RawPeer.masked(FIN | RawPeer.TEXT, "early".getBytes(US_ASCII));
      var both = Arrays.copyOf(request, request.length + frame.length);
      System.arraycopy(frame, 0, both, request.length, frame.length);
      peer.send(both);
      assertThat(peer.response().status()).isEqualTo(101);
      peer.expectText("early");
    }
  }

  @Test
  void anOversizedMessageIsToldAndThePipeStays() {
    try (var served = Served.with(settings -> settings.withMessages(MessageLimits.ofSoft(1_000)))) {
      var connected = served.connect();
      connected.peer().text("x".repeat(7_000));
      connected.peer().text("after");
      connected.recorder().expect("oversized", "text after");
      connected.peer().text("x".repeat(8_001));
      connected.peer().expectClose(1009);
      connected.recorder().expect("closed VIOLATION 1009");
    }
  }

  @Test
  void aConnectionThatBreaksIsToldOnce() {
    try (var served = Served.standard()) {
      var connected = served.connect();
      connected.peer().reset();
      connected.recorder().expect("closed LOST 1006");
      Eventually.holds("gone", () -> served.server.counts().connections() == 0);
      assertThat(connected.recorder().events).isEmpty();
    }
  }

  @Test
  void whatIsWrittenToAClosedPipeIsCounted() {
    try (var served = Served.standard()) {
      var recorder = served.connect().recorder();
      recorder.onLoop(() -> {
        recorder.pipe.close(CloseCode.NORMAL, "");
        recorder.pipe.close(CloseCode.POLICY, "");
        recorder.pipe.write(Payload.text("late"));
      });
      recorder.expect("closed OWNER 1000");
      assertThat(served.server.counts().refused(Refusal.WRITTEN_TOO_LATE)).isEqualTo(1);
    }
  }

  @Test
  void aClientThatDoesNotReturnTheGoodbyeIsCut() {
    try (var served = Served.withStoppedClock(settings -> settings)) {
      var connected = served.connect();
      connected.recorder().onLoop(() -> connected.recorder().pipe.close(CloseCode.NORMAL, ""));
      connected.peer().expectClose(1000);
      connected.recorder().expect("closed OWNER 1000");
      assertThat(served.server.counts().connections()).isEqualTo(1);
      served.advance(Duration.ofSeconds(3));
      connected.peer().expectEnd();
    }
  }

  @Test
  void nothingIsDeliveredWhileSuspended() throws Exception {
    try (var served = Served.standard()) {
      var connected = served.connect();
      var recorder = connected.recorder();
      var suspended = new CompletableFuture<Void>();
      recorder.onLoop(() -> {
        recorder.pipe.suspend();
        suspended.complete(null);
      });
      suspended.get();
      IntStream.range(0, 100).forEach(i -> connected.peer().text("m" + i));
      var looked = new CompletableFuture<Integer>();
      recorder.onLoop(() -> looked.complete(recorder.events.size()));
      assertThat(looked.get()).isZero();
      recorder.onLoop(recorder.pipe::resume);
      IntStream.range(0, 100).forEach(i -> recorder.expect("text m" + i));
    }
  }

  @Test
  void aSilentClientIsPingedAndLivesIfItAnswers() {
    try (var served = Served.withStoppedClock(settings -> settings)) {
      var connected = served.connect();
      served.advance(Duration.ofSeconds(25));
      assertThat(connected.peer().read().first()).isEqualTo(FIN | RawPeer.PING);
      connected.peer().frame(FIN | PONG, "");
      connected.peer().text("heard");
      connected.recorder().expect("text heard");
      served.advance(Duration.ofSeconds(20));
      connected.recorder().write(Payload.text("alive"));
      connected.peer().expectText("alive");
    }
  }

  @Test
  void aClientThatDoesNotAnswerAPingIsDead() {
    try (var served = Served.withStoppedClock(settings -> settings)) {
      var connected = served.connect();
      served.advance(Duration.ofSeconds(25));
      assertThat(connected.peer().read().first()).isEqualTo(FIN | RawPeer.PING);
      served.advance(Duration.ofSeconds(20));
      connected.recorder().expect("closed SILENT 1006");
      connected.peer().expectEnd();
      assertThat(served.server.counts().refused(Refusal.SILENT)).isEqualTo(1);
    }
  }

  @Test
  void aFastClientIsReadMoreSlowlyAndLosesNothing() {
    try (var served =
        Served.withStoppedClock(settings -> settings.withRate(new RateLimit(100, 10)))) {
      var connected = served.connect();
      IntStream.range(0, 50).forEach(i -> connected.peer().text("m" + i));
      IntStream.range(0, 11).forEach(i -> connected.recorder().expect("text m" + i));
      assertThat(served.server.counts().refused(Refusal.RATE_EXCEEDED)).isEqualTo(1);
      assertThat(connected.recorder().events).isEmpty();
      served.advance(Duration.ofMillis(100));
      IntStream.range(11, 20).forEach(i -> connected.recorder().expect("text m" + i));
      served.advance(Duration.ofSeconds(10));
      Eventually.holds(
          "the rest comes burst by burst",
          () -> {
            served.advance(Duration.ofSeconds(1));
            return connected.recorder().events.size() == 30;
          });
      IntStream.range(20, 50).forEach(i -> connected.recorder().expect("text m" + i));
    }
  }

  @Test
  void aTaskThatThrowsHarmsNobody() {
    try (var served = Served.standard()) {
      var connected = served.connect();
      connected
          .recorder()
          .onLoop(() -> {
            throw new IllegalStateException("on purpose");
          });
      connected.recorder().write(Payload.text("a"));
      connected.peer().expectText("a");
    }
  }

  @Test
  void aListenerThatThrowsClosesItsPipeOnly() {
    try (var served = Served.with(settings -> settings.withLoops(1));
        var thrower = served.raw();
        var other = served.raw()) {
      other.upgrade("/echo");
      thrower.upgrade("/throwing");
      thrower.text("a");
      thrower.expectClose(1011);
      other.text("b");
      other.expectText("b");
    }
  }
}
