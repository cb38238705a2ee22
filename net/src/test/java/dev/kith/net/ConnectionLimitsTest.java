package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clean.class)
class ConnectionLimitsTest {
  @Test
  void oneTooManyFromAnAddressIsAnswered503() {
    try (var served = served(new ConnectionLimits(100, 2, Loopback.LIMITED));
        var first = served.raw();
        var second = served.raw()) {
      assertThat(first.get("/hello").status()).isEqualTo(200);
      assertThat(second.get("/hello").status()).isEqualTo(200);
      expectRefused(served);
      assertThat(served.server.counts().refused(Refusal.CONNECTIONS_PER_ADDRESS)).isEqualTo(1);
    }
  }

  @Test
  void oneTooManyInTotalIsAnswered503UntilAnotherLeaves() {
    try (var served = served(new ConnectionLimits(1, 100, Loopback.LIMITED))) {
      try (var only = served.raw()) {
        assertThat(only.get("/hello").status()).isEqualTo(200);
        expectRefused(served);
      }
      Eventually.holds("left", () -> served.server.counts().connections() == 0);
      try (var next = served.raw()) {
        assertThat(next.get("/hello").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void loopbackIsExemptUnlessSaidOtherwise() {
    try (var served = served(new ConnectionLimits(1, 1, Loopback.EXEMPT))) {
      var peers = IntStream.range(0, 10).mapToObj(_ -> served.raw()).toList();
      assertThat(peers).allSatisfy(peer -> assertThat(peer.get("/hello").status()).isEqualTo(200));
      peers.forEach(RawPeer::close);
    }
  }

  @Test
  void limitsMustLeaveRoom() {
    List.<Runnable>of(
            () -> new ConnectionLimits(0, 1, Loopback.EXEMPT),
            () -> new HttpLimits(1, 0, 0),
            () -> new MessageLimits(10, 9),
            () -> new RateLimit(0, 1),
            () -> OutboundLimits.standard().withFrames(0),
            () -> Timing.standard().withSweep(Duration.ZERO))
        .forEach(wrong ->
            assertThatThrownBy(wrong::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected"));
  }

  private static void expectRefused(Served served) {
    try (var extra = served.raw()) {
      var response = extra.response();
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("too many connections\n");
      extra.expectEnd();
    }
  }

  private static Served served(ConnectionLimits limits) {
    return Served.with(settings -> settings.withConnections(limits));
  }
}
