package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// MON-1: each call makes a monitor of its own, and each tells once.
  @Test
  void tellsOnceForEach() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet();
      Puppet target = stage.puppet();
      watcher.does(self -> {
        self.monitor(target.ref(), down -> List.of("first", down.reason()));
        self.monitor(target.ref(), down -> List.of("second", down.reason()));
      });
      stage.run();
      assertThat(monitorsOf(stage, target)).isEqualTo(2);
      target.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(watcher.heard)
          .containsExactlyInAnyOrder(List.of("first", BOOM), List.of("second", BOOM));
    });
  }

  /// MON-1: it goes one way.
  @Test
  void doesNotTouchTheWatched() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet();
      Puppet target = stage.puppet();
      watcher.does(self -> {
        self.monitor(target.ref(), down -> down);
        self.exit(BOOM);
      });
      stage.run();
      stage.assertAlive(target);
      target.does(self -> self.exit(BOOM));
      stage.run();
      stage.assertEnded(target, BOOM);
    });
  }

  /// MON-2: the reason is the target's own.
  @Test
  void tellsWhoAndWhy() {
    for (ExitReason reason : List.of(ExitReason.normal(), ExitReason.shutdown(), BOOM)) {
      Stage.explore(
          50,
          stage -> {
            Puppet watcher = stage.puppet();
            Puppet target = stage.puppet();
            watcher.does(self -> self.monitor(target.ref(), down -> down));
            stage.run();
            target.does(self -> self.exit(reason));
            stage.run();
            assertThat(watcher.heard).containsExactly(new Down(target.pid(), reason));
          });
    }
  }

  /// MON-2: of a process that was dead already.
  @Test
  void ofADeadProcessTellsAtOnce() {
    exploreNearAndFar(stage -> {
      Puppet dead = stage.deadPuppet();
      Puppet watcher = stage.puppet();
      watcher.does(self -> {
        self.monitor(dead.ref(), down -> down);
        self.monitor(stage.node.find(dead.pid()), down -> down);
      });
      stage.run();
      Down down = new Down(dead.pid(), ExitReason.noProcess());
      assertThat(watcher.heard).containsExactly(down, down);
    });
  }

  /// MON-2: the monitor races with the end: the reason is the real one or `NoProcess`, never none.
  @Test
  void ofADyingProcessTellsOnce() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet();
      Puppet target = stage.puppet();
      target.does(self -> self.exit(BOOM));
      watcher.does(self -> self.monitor(target.ref(), Down::reason));
      stage.run();
      assertThat(watcher.heard).hasSize(1).first().isIn(BOOM, ExitReason.noProcess());
    });
  }

  /// MON-2, MON-3: by name; nobody holds it.
  @Test
  void ofAnUnheldNameTellsAtOnce() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet();
      watcher.does(self -> self.monitor(Name.of("nobody", Object.class), down -> down));
      stage.run();
      assertThat(watcher.heard).hasSize(1);
      Down down = (Down) watcher.heard.getFirst();
      assertThat(down.reason()).isEqualTo(ExitReason.noProcess());
      assertThat(down.pid().serial()).isZero();
    });
  }

  /// MON-3: a name is resolved once.
  @Test
  void ofANameStaysWithWhoHeldIt() {
    exploreNearAndFar(stage -> {
      Name<Object> name = Name.of("holder", Object.class);
      Puppet watcher = stage.puppet();
      Puppet first = stage.puppet();
      Puppet second = stage.puppet();
      first.does(self -> self.tryRegister(name));
      stage.run();
      watcher.does(self -> self.monitor(name.at(first.pid().node()), down -> down));
      stage.run();
      first.does(Self::unregister);
      stage.run();
      second.does(self -> self.tryRegister(name));
      stage.run();
      second.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(watcher.heard).isEmpty();
      first.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(watcher.heard).containsExactly(new Down(first.pid(), BOOM));
    });
  }

  /// MON-4 (ours: with flush): after a cancel no `Down` comes, not even one that was queued.
  @Test
  void tellsNothingOnceCancelled() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet();
      Puppet target = stage.puppet();
      Cancel[] monitor = new Cancel[1];
      watcher.does(self -> monitor[0] = self.monitor(target.ref(), down -> down));
      stage.run();
      int[] heardBefore = {-1};
      boolean[] inTime = {false};
      target.does(self -> self.exit(BOOM));
      watcher.does(_ -> {
        heardBefore[0] = watcher.heard.size();
        inTime[0] = monitor[0].cancel();
      });
      stage.run();
      assertThat(watcher.heard).hasSize(heardBefore[0]);
      assertThat(inTime[0]).isEqualTo(watcher.heard.isEmpty());
      watcher.does(_ -> assertThat(monitor[0].cancel()).isFalse());
      stage.run();
      stage.assertAlive(watcher);
    });
  }

  /// MON-4: the target lets go of it as well.
  @Test
  void leavesTheTargetWhenCancelled() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet();
      Puppet target = stage.puppet();
      watcher.does(self -> {
        Cancel one = self.monitor(target.ref(), down -> down);
        Cancel two = self.monitor(target.ref(), down -> down);
        self.monitor(target.ref(), down -> down);
        two.cancel();
        one.cancel();
      });
      stage.run();
      assertThat(monitorsOf(stage, target)).isEqualTo(1);
      target.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(watcher.heard).hasSize(1);
    });
  }

  /// MON-4.
  @Test
  void ofOneselfNeverTells() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      boolean[] inTime = {false};
      one.does(self -> {
        Cancel monitor = self.monitor(self.ref(), down -> down);
        inTime[0] = monitor.cancel();
        self.monitor(self.ref(), down -> down);
      });
      stage.run();
      assertThat(inTime[0]).isTrue();
      one.does(self -> self.exit(BOOM));
      stage.run();
      stage.assertEnded(one, BOOM);
      assertThat(one.heard).isEmpty();
    });
  }

  /// MON-6: linked and monitored by the same process, both signals come.
  @Test
  void andLinkTellBoth() {
    exploreNearAndFar(stage -> {
      Puppet watcher = stage.puppet().trapping();
      Puppet target = stage.puppet();
      watcher.does(self -> {
        self.link(target.ref());
        self.monitor(target.ref(), down -> down);
      });
      stage.run();
      target.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(watcher.heard)
          .containsExactlyInAnyOrder(new Exit(target.pid(), BOOM), new Down(target.pid(), BOOM));
    });
  }

  /// A spawn that monitors misses nothing, however early the child ends.
  @Test
  void isThereFromTheChildsFirstMoment() {
    exploreNearAndFar(stage -> {
      Puppet parent = stage.puppet();
      ProcessRef<?>[] child = new ProcessRef<?>[1];
      ProcessSpec<Object> shortLived = ProcessSpec.body(Object.class, (self, _) -> self.exit(BOOM));
      parent.does(self -> child[0] = self.spawnMonitored(shortLived, down -> down));
      stage.run();
      assertThat(parent.heard).containsExactly(new Down(child[0].pid(), BOOM));
    });
  }

  private static int monitorsOf(Stage stage, Puppet puppet) {
    return stage.node.inspect(puppet.ref(), SECOND).orElseThrow().monitors();
  }
}
