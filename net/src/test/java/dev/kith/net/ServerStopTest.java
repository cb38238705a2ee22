package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.wire.Payload;
import dev.kith.wire.web.Site;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clean.class)
class ServerStopTest {
  @Test
  void pipesGetWhatWasWrittenAndAGoodbye() {
    try (var served = Served.standard()) {
      var connected = served.connect();
      connected.recorder().write(Payload.text("last"));
      var stopping = Thread.ofVirtual().start(() -> served.server.close(Duration.ofSeconds(10)));
      connected.peer().expectText("last");
      connected.peer().expectClose(1001);
      connected.peer().frame(RawPeer.FIN | RawPeer.CLOSE, RawPeer.closePayload(1001, ""));
      connected.peer().expectEnd();
      connected.recorder().expect("closed STOPPING 1001");
      Eventually.holds("stopped", () -> !stopping.isAlive());
    }
  }

  @Test
  void aClientThatDoesNotAnswerIsCutAtTheDeadline() {
    try (var served = Served.standard()) {
      var connected = served.connect();
      served.server.close(Duration.ofMillis(50));
      connected.recorder().expect("closed STOPPING 1001");
      connected.peer().expectClose(1001);
      connected.peer().expectEnd();
    }
  }

  /// A loop that is busy when the server stops: what was posted to it before still goes first.
  @Test
  void whatWasPostedBeforeTheStopIsWrittenBeforeTheGoodbye() {
    try (var served = Served.standard()) {
      var busy = served.connect();
      var other = otherLoop(served, busy);
      var loopIsFree = holdUp(busy.recorder());
      busy.recorder().write(Payload.text("last"));
      var stopping = Thread.ofVirtual().start(() -> served.server.close(Duration.ofSeconds(10)));
      other.peer().expectClose(1001);
      loopIsFree.countDown();
      busy.peer().expectText("last");
      busy.peer().expectClose(1001);
      List.of(busy, other).forEach(one -> one.peer().close());
      Eventually.holds("stopped", () -> !stopping.isAlive());
    }
  }

  /// A loop that is busy until the deadline has passed.
  @Test
  void aGoodbyeLeavesBeforeItsConnectionIsCut() {
    try (var served = Served.standard()) {
      var busy = served.connect();
      var other = otherLoop(served, busy);
      var loopIsFree = holdUp(busy.recorder());
      var stopping = Thread.ofVirtual().start(() -> served.server.close(Duration.ofMillis(50)));
      other.peer().expectClose(1001);
      other.peer().expectEnd();
      loopIsFree.countDown();
      busy.peer().expectClose(1001);
      busy.peer().expectEnd();
      Eventually.holds("stopped", () -> !stopping.isAlive());
    }
  }

  private static Served.Connected otherLoop(Served served, Served.Connected than) {
    var other = served.connect();
    assertThat(other.recorder().pipe.loop()).isNotSameAs(than.recorder().pipe.loop());
    return other;
  }

  /// Occupies the loop until the latch is opened.
  private static CountDownLatch holdUp(Recorder recorder) {
    var begun = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    recorder.onLoop(() -> {
      begun.countDown();
      Eventually.opens("the loop may go on", free);
    });
    Eventually.opens("the loop is busy", begun);
    return free;
  }

  @Test
  void idleConnectionsEndAndNewOnesAreRefused() {
    try (var served = Served.standard();
        var idle = served.raw()) {
      assertThat(idle.get("/hello").status()).isEqualTo(200);
      served.server.close(Duration.ofSeconds(1));
      idle.expectEnd();
      assertThatThrownBy(served::raw).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    var served = Served.standard();
    served.close();
    served.close();
  }

  @Test
  void aTakenPortIsSaidSo() {
    try (var served = Served.standard()) {
      var settings = ServerSettings.at(served.server.address());
      assertThat(WebServer.start(settings, Site.empty()))
          .isEqualTo(new WebServer.Start.PortTaken(served.server.address()));
    }
  }

  @Test
  void anAddressOfAnotherMachineIsSaidSo() throws Exception {
    var elsewhere = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);
    assertThat(WebServer.start(ServerSettings.at(elsewhere), Site.empty()))
        .isInstanceOf(WebServer.Start.NotPossible.class);
  }
}
