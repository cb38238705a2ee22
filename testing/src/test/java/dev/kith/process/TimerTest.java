package dev.kith.process;

import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// JVM-9.
class TimerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// In its time, not before; the earlier first.
  @Test
  void ringsInItsTime() {
    explore(stage -> {
      Puppet puppet = stage.puppet();
      puppet.does(self -> {
        self.sendAfter(SECOND.multipliedBy(3), "three");
        self.sendAfter(SECOND, "one");
        self.sendAfter(SECOND.multipliedBy(2), "two");
      });
      stage.world.advance(Duration.ofMillis(999));
      assertThat(puppet.heard).isEmpty();
      stage.world.advance(Duration.ofMillis(1));
      assertThat(puppet.heard).containsExactly("one");
      stage.world.advance(Duration.ofMinutes(1));
      assertThat(puppet.heard).containsExactly("one", "two", "three");
    });
  }

  /// At intervals, until cancelled.
  @Test
  void ringsAtIntervals() {
    explore(stage -> {
      Puppet puppet = stage.puppet();
      Cancel[] timer = new Cancel[1];
      puppet.does(self -> timer[0] = self.sendEvery(SECOND, "tick"));
      stage.world.advance(Duration.ofMillis(3500));
      assertThat(puppet.heard).containsExactly("tick", "tick", "tick");
      puppet.does(_ -> assertThat(timer[0].cancel()).isTrue());
      stage.world.advance(Duration.ofMinutes(1));
      assertThat(puppet.heard).hasSize(3);
      stage.assertAlive(puppet);
    });
  }

  /// A process that does not keep up finds at most one of them waiting.
  @Test
  void ringsOnceForAProcessThatIsLate() {
    explore(stage -> {
      ProcessRef<Object> silent = stage.node.spawn(Object.class, () -> (_, _) -> {});
      Puppet puppet = stage.puppet();
      puppet.does(self -> {
        self.sendEvery(SECOND, "tick");
        try {
          self.call(silent, new Question(), Duration.ofMillis(5500));
        } catch (ExitException expected) {
          puppet.heard.add("waited");
        }
      });
      stage.world.advance(Duration.ofMillis(5500));
      assertThat(puppet.heard).containsExactly("waited", "tick");
      stage.world.advance(Duration.ofMillis(500));
      assertThat(puppet.heard).containsExactly("waited", "tick", "tick");
      stage.world.forgiveUnanswered();
    });
  }

  record Question() implements Request<String> {}

  /// Cancel tells whether it was in time; then nothing comes, not even what was queued.
  @Test
  void tellsWhetherACancelWasInTime() {
    explore(stage -> {
      Puppet puppet = stage.puppet();
      Cancel[] timer = new Cancel[1];
      puppet.does(self -> timer[0] = self.sendAfter(SECOND, "timer"));
      boolean[] inTime = {false};
      puppet.does(self -> self.sendAfter(SECOND, (Puppet.Act) _ -> inTime[0] = timer[0].cancel()));
      stage.world.advance(SECOND);
      assertThat(puppet.heard).isEqualTo(inTime[0] ? List.of() : List.of("timer"));
      puppet.does(_ -> assertThat(timer[0].cancel()).isFalse());
      stage.run();
      stage.assertAlive(puppet);
    });
  }

  /// A process's timers end with it, silently.
  @Test
  void endsWithItsProcess() {
    explore(stage -> {
      Puppet puppet = stage.puppet();
      puppet.does(self -> {
        self.sendAfter(SECOND, "once");
        self.sendEvery(SECOND, "again");
      });
      stage.world.advance(Duration.ofMillis(1500));
      stage.node.exit(puppet.ref(), ExitReason.kill());
      stage.world.advance(Duration.ofMinutes(1));
      assertThat(puppet.heard).containsExactlyInAnyOrder("once", "again");
      assertThat(stage.node.drops().total()).isZero();
    });
  }

  /// A request that a timer brings is one that was only sent: answering it goes nowhere.
  @Test
  void mayBringARequest() {
    explore(stage -> {
      ProcessRef<Object> server =
          stage.node.spawn(
              Object.class,
              () ->
                  new Server<>() {
                    @Override
                    public void started(Self<Object> self) {
                      self.sendAfter(SECOND, new Question());
                    }

                    @Override
                    public void handle(Self<Object> self, Object message) {
                      self.reply((Question) message, "to nobody");
                      self.replyTo((Question) message).reply("to nobody");
                    }
                  });
      stage.world.advance(SECOND);
      assertThat(stage.reasonsOf(server)).isEmpty();
    });
  }

  /// 1,000,000 pending timers are fine, set in any order and half of them cancelled.
  @Test
  @Tag("slow")
  void canBeAMillion() {
    Stage.play(stage -> {
      int count = 1_000_000;
      Puppet puppet = stage.puppet();
      List<Cancel> timers = new ArrayList<>(count);
      SplittableRandom chance = new SplittableRandom(1);
      puppet.does(self -> {
        for (int i = 0; i < count; i++) {
          int millis = 1 + chance.nextInt(60_000);
          timers.add(self.sendAfter(Duration.ofMillis(millis), millis));
        }
      });
      stage.run();
      assertThat(timersOf(stage, puppet)).isEqualTo(count);
      puppet.does(_ -> {
        for (int i = 0; i < count; i += 2) {
          timers.get(i).cancel();
        }
      });
      stage.world.advance(Duration.ofMinutes(2));
      assertThat(puppet.heard).hasSize(count / 2);
      assertThat(inOrder(puppet.heard)).isTrue();
      assertThat(timersOf(stage, puppet)).isZero();
    });
  }

  private static boolean inOrder(List<Object> numbers) {
    int last = 0;
    for (Object number : numbers) {
      if ((int) number < last) {
        return false;
      }
      last = (int) number;
    }
    return true;
  }

  /// A period is no shorter than the resolution, or one process would do nothing else.
  @Test
  void ofATinyPeriodDoesNotStopTheWorld() {
    Stage.play(stage -> {
      Puppet puppet = stage.puppet();
      puppet.does(self -> self.sendEvery(Duration.ofNanos(1), "tick"));
      stage.world.advance(Duration.ofMillis(20));
      assertThat(puppet.heard).hasSizeBetween(10, 1000);
    });
  }

  private static int timersOf(Stage stage, Puppet puppet) {
    return stage.node.inspect(puppet.ref(), SECOND).orElseThrow().timers();
  }
}
