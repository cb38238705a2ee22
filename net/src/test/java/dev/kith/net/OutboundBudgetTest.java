package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many clients that do not read, each within its own limits, share the server's budget with some
/// that do.
@ExtendWith(Clean.class)
class OutboundBudgetTest {
  private static final long BUDGET = 4 << 20;
  private static final int SOME = 64 << 10;

  private final Served served = Served.withStoppedClock(OutboundBudgetTest::tight);
  private final List<Served.Connected> stuck = new ArrayList<>();

  private static ServerSettings tight(ServerSettings settings) {
    return settings
        .withOutboundBudget(new OutboundBudget(BUDGET))
        .withOutbound(OutboundLimits.standard().withBytes(1 << 30).withFrames(1 << 20));
  }

  @AfterEach
  void stop() {
    stuck.forEach(each -> each.peer().close());
    served.close();
  }

  @Test
  void clientsThatDoNotReadAreClosedAndThoseThatDoGetEverything() throws Exception {
    addStuck(served, 12);
    var readers = List.of(served.connect(), served.connect());
    for (int i = 0; !allStuckAreTold(); i++) {
      stuck.forEach(each -> write(each, Payload.binary(new byte[SOME])));
      for (var reader : readers) {
        write(reader, Payload.text("m" + i));
        reader.peer().expectText("m" + i);
      }
      assertThat(served.server.counts().outboundBytes()).isLessThanOrEqualTo(BUDGET);
    }
    stuck.forEach(each -> each.recorder().expect("closed TOO_SLOW 1013"));
    readers.forEach(reader -> assertThat(reader.recorder().events).isEmpty());
    assertThat(served.server.counts().refused(Refusal.OUTBOUND_BUDGET)).isEqualTo(12);
    assertThat(served.server.counts().refused(Refusal.OUTBOUND_ABANDONED)).isPositive();
    readers.forEach(reader -> reader.peer().close());
  }

  private boolean allStuckAreTold() {
    return stuck.stream().noneMatch(each -> each.recorder().events.isEmpty());
  }

  @Test
  void onlyTheLargestHasToGo() throws Exception {
    addStuck(served, 5);
    for (var each : stuck) {
      fillUntilItWaits(each, SOME);
    }
    var largest = stuck.getLast();
    while (largest.recorder().events.isEmpty()) {
      write(largest, Payload.binary(new byte[SOME]));
    }
    largest.recorder().expect("closed TOO_SLOW 1013");
    stuck.removeLast().peer().close();
    stuck.forEach(each -> assertThat(each.recorder().events).isEmpty());
    assertThat(served.server.counts().refused(Refusal.OUTBOUND_BUDGET)).isEqualTo(1);
  }

  @Test
  void aClientThatReadsAgainIsToldWhy() throws Exception {
    addStuck(served, 1);
    var late = stuck.getFirst();
    while (late.recorder().events.isEmpty()) {
      write(late, Payload.binary(new byte[SOME]));
    }
    var frame = late.peer().read();
    while (frame.first() == (RawPeer.FIN | RawPeer.BINARY)) {
      frame = late.peer().read();
    }
    assertThat(frame.first()).isEqualTo(RawPeer.FIN | RawPeer.CLOSE);
    assertThat(frame.code()).isEqualTo(1013);
  }

  /// Nothing waits that could be dropped: the one frame is in its channel and partly sent.
  @Test
  void aClientThatCannotBeToldIsCut() throws Exception {
    addStuck(served, 1);
    var connected = stuck.getFirst();
    write(connected, Payload.binary(new byte[4 * (int) BUDGET]));
    connected.recorder().expect("closed TOO_SLOW 1006");
    assertThat(served.server.counts().refused(Refusal.OUTBOUND_BUDGET)).isEqualTo(1);
    Eventually.holds("gone", () -> served.server.counts().connections() == 0);
  }

  /// As long as it is the same message, and not one for each of them. All that is written fits into
  /// a share, and once for each of them it would not, whatever part of it the system takes.
  @Test
  void aMessageThatWaitsForManyIsCountedOnce() {
    try (var roomy = Served.withStoppedClock(OutboundBudgetTest::roomy)) {
      addStuck(roomy, 12);
      for (int i = 0; i < 200; i++) {
        var message = Payload.binary(new byte[SOME]);
        stuck.forEach(each -> each.recorder().write(message));
      }
      long waiting = stuck.stream().mapToLong(OutboundBudgetTest::look).sum();
      assertThat(waiting).isGreaterThan(8 * BUDGET);
      assertThat(roomy.server.counts().refused(Refusal.OUTBOUND_BUDGET)).isZero();
    }
  }

  private static ServerSettings roomy(ServerSettings settings) {
    return tight(settings).withOutboundBudget(new OutboundBudget(8 * BUDGET));
  }

  @Test
  void nothingIsKeptForWhoHasTakenEverythingOrIsGone() throws Exception {
    addStuck(served, 2);
    for (var each : stuck) {
      fillUntilItWaits(each, SOME);
    }
    assertThat(served.server.counts().outboundBytes()).isPositive();
    stuck.forEach(each -> each.peer().close());
    Eventually.holds("all is free", () -> served.server.counts().outboundBytes() == 0);
  }

  private void addStuck(Served to, int count) {
    for (int i = 0; i < count; i++) {
      var peer = new RawPeer(to.server.port(), 4 << 10);
      peer.upgrade("/recorded");
      stuck.add(new Served.Connected(peer, Recorder.Queues.take(to.recorders)));
    }
  }

  private static void fillUntilItWaits(Served.Connected connected, long bytes) {
    while (look(connected) <= bytes) {
      write(connected, Payload.binary(new byte[SOME]));
    }
  }

  /// Writes, and returns when it is written.
  private static void write(Served.Connected connected, Payload message) {
    connected.recorder().write(message);
    var _ = look(connected);
  }

  private static long look(Served.Connected connected) {
    var bytes = new CompletableFuture<Long>();
    var recorder = connected.recorder();
    recorder.onLoop(() -> bytes.complete(recorder.pipe.pendingBytes()));
    return bytes.join();
  }
}
