package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clean.class)
class SlowClientTest {
  private static final Payload KIBI = Payload.binary(new byte[1_024]);

  @Test
  void aClientThatStopsReadingIsClosedAtItsBytesAndOthersGetEverything() throws Exception {
    try (var served = Served.withStoppedClock(SlowClientTest::small);
        var stuck = new RawPeer(served.server.port(), 4 << 10);
        var brisk = served.raw()) {
      stuck.upgrade("/recorded");
      var stuckEnd = Recorder.Queues.take(served.recorders);
      brisk.upgrade("/recorded");
      var briskEnd = Recorder.Queues.take(served.recorders);
      var most = new AtomicLong();
      for (int i = 0; i < 20_000 && stuckEnd.events.isEmpty(); i++) {
        writeAndLook(stuckEnd, most);
        writeAndLook(briskEnd, new AtomicLong());
        assertThat(brisk.read().payload()).hasSize(1_024);
      }
      stuckEnd.expect("closed TOO_SLOW 1013");
      assertThat(most.get()).isBetween(200L << 10, 256L << 10);
      assertThat(served.server.counts().refused(Refusal.OUTBOUND_BYTES)).isEqualTo(1);
      Eventually.holds(
          "what was queued is counted",
          () -> served.server.counts().refused(Refusal.OUTBOUND_ABANDONED) > 100);
      assertThat(briskEnd.events).isEmpty();
    }
  }

  private static ServerSettings small(ServerSettings settings) {
    return settings.withOutbound(OutboundLimits.standard().withBytes(256 << 10));
  }

  private static void writeAndLook(Recorder end, AtomicLong most) throws Exception {
    var done = new CompletableFuture<Long>();
    end.onLoop(() -> {
      end.pipe.write(KIBI);
      done.complete(end.pipe.pendingBytes());
    });
    most.accumulateAndGet(done.get(), Math::max);
  }

  @Test
  void framesAreLimitedToo() {
    try (var served =
            Served.with(settings ->
                settings.withOutbound(
                    OutboundLimits.standard().withFrames(50).withBytes(1 << 30)));
        var stuck = new RawPeer(served.server.port(), 4 << 10)) {
      stuck.upgrade("/recorded");
      var end = Recorder.Queues.take(served.recorders);
      var large = Payload.binary(new byte[1 << 20]);
      end.onLoop(() -> IntStream.range(0, 60).forEach(_ -> end.pipe.write(large)));
      end.expect("closed TOO_SLOW 1013");
      assertThat(served.server.counts().refused(Refusal.OUTBOUND_FRAMES)).isEqualTo(1);
    }
  }

  @Test
  void anOldFrameClosesThePipeHoweverLittleWaits() {
    try (var served = Served.withStoppedClock(SlowClientTest::neverPinging);
        var stuck = new RawPeer(served.server.port(), 4 << 10)) {
      stuck.upgrade("/recorded");
      var end = Recorder.Queues.take(served.recorders);
      var some = Payload.binary(new byte[16 << 10]);
      Eventually.holds(
          "a frame stayed until it was too old",
          () -> {
            end.onLoop(() -> writeIfNothingWaits(end, some));
            served.advance(Duration.ofSeconds(1));
            return !end.events.isEmpty();
          });
      end.expect("closed TOO_SLOW 1013");
      assertThat(served.server.counts().refused(Refusal.OUTBOUND_AGE)).isEqualTo(1);
    }
  }

  private static ServerSettings neverPinging(ServerSettings settings) {
    return settings.withTiming(settings.timing().withPingAfter(Duration.ofDays(1)));
  }

  /// What waits for a moment only, until the system has made its buffers larger, is gone by the
  /// next look.
  private static void writeIfNothingWaits(Recorder end, Payload some) {
    if (end.pipe.pendingBytes() == 0) {
      end.pipe.write(some);
    }
  }

  @Test
  void theOwnerHearsWhenAChokedPipeTakesMessagesAgain() throws Exception {
    try (var served = Served.withStoppedClock(settings -> settings);
        var slow = new RawPeer(served.server.port(), 4 << 10)) {
      slow.upgrade("/recorded");
      var end = Recorder.Queues.take(served.recorders);
      var some = Payload.binary(new byte[64 << 10]);
      var written = new AtomicLong();
      Eventually.holds(
          "choked",
          () -> {
            var writable = new CompletableFuture<Boolean>();
            end.onLoop(() -> {
              end.pipe.write(some);
              written.incrementAndGet();
              end.onLoop(() -> writable.complete(end.pipe.isWritable()));
            });
            return !writable.join();
          });
      for (int i = 0; i < written.get(); i++) {
        assertThat(slow.read().payload()).hasSize(64 << 10);
      }
      end.expect("writable");
    }
  }
}
