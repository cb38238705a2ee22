package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of section 3, row by row, and EXIT-1 to EXIT-4.
class ExitSignalTest {

  static List<ExitReason> abnormalAndKill() {
    return List.of(
        BOOM,
        ExitReason.kill(),
        ExitReason.killed(),
        ExitReason.shutdown(),
        new ExitReason.Shutdown("done for today"),
        new ExitReason.Crashed(new IllegalStateException("boom")));
  }

  static List<ExitReason> abnormal() {
    return abnormalAndKill().stream().filter(r -> !(r instanceof ExitReason.Kill)).toList();
  }

  /// Row 1: a link's exit signal with `normal`.
  @Test
  void aLinksNormalIsDropped() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet peer = linkedWith(stage, one);
      peer.does(self -> self.exit(ExitReason.normal()));
      stage.run();
      stage.assertEnded(peer, ExitReason.normal());
      stage.assertAlive(one);
      assertThat(one.heard).isEmpty();
    });
  }

  /// Row 1, trapping.
  @Test
  void aLinksNormalIsAMessageForWhoTraps() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet().trapping();
      Puppet peer = linkedWith(stage, one);
      peer.does(self -> self.exit(ExitReason.normal()));
      stage.run();
      assertThat(one.heard).containsExactly(new Exit(peer.pid(), ExitReason.normal()));
    });
  }

  /// Row 2: any other reason, `kill` too, passes over a link unchanged.
  @ParameterizedTest
  @MethodSource("abnormalAndKill")
  void aLinksOtherReasonIsPassedOnUnchanged(ExitReason reason) {
    exploreNearAndFar(
        50,
        stage -> {
          Puppet one = stage.puppet();
          Puppet peer = linkedWith(stage, one);
          peer.does(self -> self.exit(reason));
          stage.run();
          stage.assertEnded(peer, reason);
          stage.assertEnded(one, reason);
        });
  }

  /// Row 2, trapping: even `kill`.
  @ParameterizedTest
  @MethodSource("abnormalAndKill")
  void aLinksOtherReasonIsAMessageForWhoTraps(ExitReason reason) {
    exploreNearAndFar(
        50,
        stage -> {
          Puppet one = stage.puppet().trapping();
          Puppet peer = linkedWith(stage, one);
          peer.does(self -> self.exit(reason));
          stage.run();
          assertThat(one.heard).containsExactly(new Exit(peer.pid(), reason));
          stage.assertAlive(one);
        });
  }

  /// Row 3: the link is no longer active.
  @Test
  void theSignalOfALinkThatWasTakenAwayIsDropped() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet peer = linkedWith(stage, one);
      boolean[] unlinked = {false};
      one.does(self -> {
        self.unlink(peer.ref());
        unlinked[0] = true;
      });
      peer.does(self -> self.exit(BOOM));
      stage.run();
      if (unlinked[0]) {
        stage.assertAlive(one);
      } else {
        stage.assertEnded(one, BOOM);
      }
    });
  }

  /// Row 4: `normal` from another process.
  @Test
  void normalFromAnotherIsDropped() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      stage.puppet().does(self -> self.exit(one.ref(), ExitReason.normal()));
      stage.node.exit(one.ref(), ExitReason.normal());
      stage.run();
      stage.assertAlive(one);
    });
  }

  /// Row 4, trapping.
  @Test
  void normalFromAnotherIsAMessageForWhoTraps() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet().trapping();
      Puppet other = stage.puppet();
      stage.run();
      other.does(self -> self.exit(one.ref(), ExitReason.normal()));
      stage.run();
      assertThat(one.heard).containsExactly(new Exit(other.pid(), ExitReason.normal()));
    });
  }

  /// Row 5: `normal` from oneself.
  @Test
  void normalToOneselfEnds() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      boolean[] wentOn = {false};
      one.does(self -> {
        self.exit(self.ref(), ExitReason.normal());
        wentOn[0] = true;
      });
      stage.run();
      stage.assertEnded(one, ExitReason.normal());
      assertThat(wentOn[0]).isFalse();
    });
  }

  /// Row 5, trapping.
  @Test
  void normalToOneselfIsAMessageForWhoTraps() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet().trapping();
      one.does(self -> self.exit(self.ref(), ExitReason.normal()));
      stage.run();
      assertThat(one.heard).containsExactly(new Exit(one.pid(), ExitReason.normal()));
    });
  }

  /// Row 6: any reason but `normal` and `kill`.
  @ParameterizedTest
  @MethodSource("abnormal")
  void anyOtherReasonEndsWithIt(ExitReason reason) {
    exploreNearAndFar(
        50,
        stage -> {
          Puppet one = stage.puppet();
          stage.puppet().does(self -> self.exit(one.ref(), reason));
          stage.run();
          stage.assertEnded(one, reason);
          assertThat(one.terminated).containsExactly(reason);
        });
  }

  /// Row 6, trapping.
  @ParameterizedTest
  @MethodSource("abnormal")
  void anyOtherReasonIsAMessageForWhoTraps(ExitReason reason) {
    exploreNearAndFar(
        50,
        stage -> {
          Puppet one = stage.puppet().trapping();
          Puppet other = stage.puppet();
          stage.run();
          other.does(self -> self.exit(one.ref(), reason));
          stage.run();
          assertThat(one.heard).containsExactly(new Exit(other.pid(), reason));
        });
  }

  /// Row 7: `kill` cannot be trapped, and reads `killed` for everybody else.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void killEndsWithKilled(boolean trapping) {
    exploreNearAndFar(stage -> {
      Puppet one = trapping ? stage.puppet().trapping() : stage.puppet();
      Puppet linked = stage.puppet().trapping();
      Puppet watcher = stage.puppet();
      linked.does(self -> self.link(one.ref()));
      watcher.does(self -> self.monitor(one.ref(), down -> down));
      stage.run();
      stage.puppet().does(self -> self.exit(one.ref(), ExitReason.kill()));
      stage.run();
      stage.assertEnded(one, ExitReason.killed());
      assertThat(linked.heard).containsExactly(new Exit(one.pid(), ExitReason.killed()));
      assertThat(watcher.heard).containsExactly(new Down(one.pid(), ExitReason.killed()));
      assertThat(one.terminated).isEmpty();
    });
  }

  /// Row 7, from oneself.
  @Test
  void killToOneselfEndsWithKilled() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet().trapping();
      one.does(self -> self.exit(self.ref(), ExitReason.kill()));
      stage.run();
      stage.assertEnded(one, ExitReason.killed());
    });
  }

  /// EXIT-1: a process that is killed takes a chain with it, which reads `killed`.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10})
  void killedTravelsAlongAChain(int length) {
    exploreNearAndFar(
        50,
        stage -> {
          List<Puppet> chain = chain(stage, length);
          stage.node.exit(chain.getFirst().ref(), ExitReason.kill());
          stage.run();
          chain.forEach(puppet -> stage.assertEnded(puppet, ExitReason.killed()));
        });
  }

  /// EXIT-1: a process that itself exits with `kill` passes `kill` on, as far as the chain goes.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10})
  void killAsOnesOwnReasonTravelsAlongAChain(int length) {
    exploreNearAndFar(
        50,
        stage -> {
          List<Puppet> chain = chain(stage, length);
          chain.getFirst().does(self -> self.exit(ExitReason.kill()));
          stage.run();
          chain.forEach(puppet -> stage.assertEnded(puppet, ExitReason.kill()));
        });
  }

  /// EXIT-1: and it can be trapped at the chain's end.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10})
  void killAsOnesOwnReasonCanBeTrapped(int length) {
    exploreNearAndFar(
        50,
        stage -> {
          List<Puppet> chain = chain(stage, length);
          Puppet end = stage.puppet().trapping();
          end.does(self -> self.link(chain.getLast().ref()));
          stage.run();
          chain.getFirst().does(self -> self.exit(ExitReason.kill()));
          stage.run();
          assertThat(end.heard).containsExactly(new Exit(chain.getLast().pid(), ExitReason.kill()));
        });
  }

  /// EXIT-2: the first exit signal wins, a kill after it too.
  @Test
  void theFirstExitWins() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      stage
          .puppet()
          .does(self -> {
            self.exit(one.ref(), BOOM);
            self.exit(one.ref(), ExitReason.shutdown());
            self.exit(one.ref(), ExitReason.kill());
          });
      stage.run();
      stage.assertEnded(one, BOOM);
    });
  }

  /// EXIT-2: try and catch do not help against one's own exit.
  @Test
  void anExitCannotBeCaught() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      one.does(self -> {
        try {
          self.exit(BOOM);
        } catch (Throwable caught) {
          try {
            self.send(self.ref(), "still here");
          } catch (Throwable again) {
            one.heard.add("no call works any more");
          }
        }
      });
      one.does(self -> one.heard.add("next message"));
      stage.run();
      stage.assertEnded(one, BOOM);
      assertThat(one.heard).containsExactly("no call works any more");
    });
  }

  /// EXIT-3: what is thrown is the reason.
  @Test
  void whatIsThrownIsTheReason() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet watcher = stage.puppet();
      watcher.does(self -> self.monitor(one.ref(), down -> down));
      stage.run();
      Exception thrown = new Exception("checked");
      one.does(self -> {
        throw thrown;
      });
      stage.run();
      ExitReason reason = new ExitReason.Crashed(thrown);
      stage.assertEnded(one, reason);
      assertThat(watcher.heard).containsExactly(new Down(one.pid(), reason));
    });
  }

  /// JVM-3 (kill = fence): the pid is dead for everybody at once, before its own turn has come.
  @Test
  void aKilledProcessIsDeadAtOnce() {
    exploreNearAndFar(stage -> {
      Name<Object> name = Name.of("victim", Object.class);
      ProcessRef<Object> victim = stage.node.spawn(new Puppet().spec().named(name));
      stage.node.exit(victim, ExitReason.kill());
      assertThat(stage.node.isAlive(victim)).isFalse();
      assertThat(stage.node.whereis(name)).isEmpty();
    });
  }

  /// Design rule 9: kill fences at once and kills in order: signals before it still act.
  @Test
  void whatWasSignalledBeforeAKillStillActs() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet other = stage.puppet();
      other.does(self -> {
        self.monitor(one.ref(), down -> down);
        self.exit(one.ref(), ExitReason.kill());
      });
      stage.run();
      assertThat(other.heard).containsExactly(new Down(one.pid(), ExitReason.killed()));
    });
  }

  private static Puppet linkedWith(Stage stage, Puppet one) {
    Puppet peer = stage.puppet();
    peer.does(self -> self.link(one.ref()));
    stage.run();
    return peer;
  }

  /// Puppets of which each is linked with the next.
  private static List<Puppet> chain(Stage stage, int length) {
    List<Puppet> chain = new ArrayList<>();
    chain.add(stage.puppet());
    for (int i = 0; i < length; i++) {
      chain.add(linkedWith(stage, chain.getLast()));
    }
    return chain;
  }
}
