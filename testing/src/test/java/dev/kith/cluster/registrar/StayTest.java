package dev.kith.cluster.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// D4: what a node is told of its stay, by clocks that a test sets.
class StayTest {
  private static final SessionTiming TIMING = SessionTiming.of(Duration.ofSeconds(10));
  private static final Member ME = new Member(NodeName.of("me"), 1, "me:1", 7);

  private long millis = 1_000;
  private long wallAhead;
  private boolean lockedRenewal;
  private final List<Runnable> alarms = new ArrayList<>();
  private final List<Confidence> told = new ArrayList<>();

  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return millis * 1_000_000;
        }

        @Override
        public long wallMillis() {
          return millis + wallAhead;
        }

        @Override
        public Alarm schedule(long atNanos, Runnable task) {
          alarms.add(task);
          return () -> alarms.remove(task);
        }
      };

  private final Registrar.Watcher watcher =
      new Registrar.Watcher() {
        @Override
        public void changed(Change change) {}

        @Override
        public void sure(Confidence confidence, String why) {
          told.add(confidence);
        }
      };

  private final Stay stay = new Stay(clock, TIMING, new Engine());

  private final class Engine implements Stay.Engine {
    @Override
    public void renew(Member me, Assurance.Sent sent) {
      lockedRenewal |= Thread.holdsLock(stay);
    }

    @Override
    public void ended() {}

    @Override
    public String holdup() {
      return "a test";
    }
  }

  @BeforeEach
  void join() {
    assertThat(stay.claim(watcher)).isEmpty();
    assertThat(stay.joined(watcher, ME, stay.sent())).isTrue();
    assertThat(told).containsExactly(Confidence.MEMBER);
  }

  /// An engine tells of changes under a lock of its own, which it takes for a renewal too.
  @Test
  void theEngineIsAskedWithoutALock() {
    List.copyOf(alarms).forEach(Runnable::run);
    stay.renew();
    assertThat(lockedRenewal).isFalse();
  }

  @Test
  void aWallClockThatWasSetForwardIsTold() {
    millis += 1_000;
    wallAhead = 60_000;
    assertThat(stay.isSure()).isFalse();
    stay.answered(ME, stay.sent());
    assertThat(told).containsExactly(Confidence.MEMBER, Confidence.UNSURE, Confidence.MEMBER);
    assertThat(stay.isSure()).isTrue();
  }

  /// What is answered after an outage was asked long ago.
  @Test
  void anAnswerThatIsTooOldIsNone() {
    Assurance.Sent old = stay.sent();
    millis += 20_000;
    stay.answered(ME, old);
    assertThat(told).containsExactly(Confidence.MEMBER, Confidence.UNSURE);
    stay.answered(ME, stay.sent());
    assertThat(told).containsExactly(Confidence.MEMBER, Confidence.UNSURE, Confidence.MEMBER);
  }

  @Test
  void whatIsOfAnotherStayIsPassedOver() {
    Member other = new Member(ME.node(), 1, "me:1", 8);
    stay.removed(other, "why");
    stay.changed(other, new Change.Removed(ME));
    assertThat(told).containsExactly(Confidence.MEMBER);
    stay.changed(ME, new Change.Removed(ME));
    assertThat(told).containsExactly(Confidence.MEMBER, Confidence.REMOVED);
    assertThat(stay.self()).isEmpty();
  }
}
