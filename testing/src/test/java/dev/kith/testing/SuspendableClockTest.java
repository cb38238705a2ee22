package dev.kith.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspendableClockTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final World world = World.of(1);
  private final SuspendableClock clock = new SuspendableClock(world.node().clock());
  private final List<String> rung = new ArrayList<>();

  @AfterEach
  void stop() {
    world.close();
  }

  private Clock.Alarm in(Duration time, String name) {
    return clock.schedule(clock.nanos() + time.toNanos(), () -> rung.add(name));
  }

  @Test
  void whatWasDueMeanwhileRingsAfterwardsInItsOrder() {
    in(SECOND.multipliedBy(2), "second");
    in(SECOND, "first");
    clock.suspend();
    world.advance(SECOND.multipliedBy(3));
    assertThat(rung).isEmpty();
    clock.resume();
    world.run();
    assertThat(rung).containsExactly("first", "second");
  }

  @Test
  void whatIsTakenBackDoesNotRing() {
    Clock.Alarm early = in(SECOND, "early");
    Clock.Alarm late = in(SECOND, "late");
    early.cancel();
    clock.suspend();
    world.advance(SECOND);
    clock.resume();
    late.cancel();
    world.run();
    assertThat(rung).isEmpty();
  }
}
