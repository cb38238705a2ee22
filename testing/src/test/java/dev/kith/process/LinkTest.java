package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// LNK-1: a link goes both ways.
  @Test
  void joinsTheEndsOfBoth() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet other = stage.puppet();
      one.does(self -> self.link(other.ref()));
      stage.run();
      other.does(self -> self.exit(BOOM));
      stage.run();
      stage.assertEnded(one, BOOM);
      stage.assertEnded(other, BOOM);
    });
  }

  /// LNK-1: both may ask for the link, and again: it is one link and ends once.
  @Test
  void isMadeOnceHoweverOftenItIsAskedFor() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet().trapping();
      Puppet other = stage.puppet();
      one.does(self -> {
        self.link(other.ref());
        self.link(other.ref());
      });
      other.does(self -> self.link(one.ref()));
      stage.node.link(one.ref(), other.ref());
      stage.run();
      assertThat(linksOf(stage, one)).containsExactly(other.pid());
      assertThat(linksOf(stage, other)).containsExactly(one.pid());
      other.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(one.heard).containsExactly(new Exit(other.pid(), BOOM));
    });
  }

  /// LNK-1.
  @Test
  void withOneselfIsNothing() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      one.does(self -> self.link(self.ref()));
      stage.run();
      stage.assertAlive(one);
      assertThat(linksOf(stage, one)).isEmpty();
    });
  }

  /// LNK-2: whatever crosses, both sides agree when nothing moves any more.
  @Test
  void isAgreedUponWhateverCrosses() {
    exploreNearAndFar(
        1_000,
        stage -> {
          Puppet one = stage.puppet();
          Puppet other = stage.puppet();
          for (int i = 0; i < 8; i++) {
            Puppet who = stage.world.below(2) == 0 ? one : other;
            Puppet whom = who == one ? other : one;
            int acts = stage.world.below(8);
            who.does(self -> {
              // up to three at a time, so that answers cross with all of them
              for (int act = acts; act > 0; act /= 2) {
                if (act % 2 == 0) {
                  self.link(whom.ref());
                } else {
                  self.unlink(whom.ref());
                }
              }
            });
          }
          stage.run();
          assertThat(linksOf(stage, one).size()).isEqualTo(linksOf(stage, other).size());
        });
  }

  /// LNK-2: the answer to an unlink that has been overtaken by a new link is ignored.
  @Test
  void madeAgainAfterAnUnlinkHolds() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet other = stage.puppet();
      one.does(self -> {
        self.link(other.ref());
        self.unlink(other.ref());
        self.link(other.ref());
      });
      stage.run();
      assertThat(linksOf(stage, one)).containsExactly(other.pid());
      assertThat(linksOf(stage, other)).containsExactly(one.pid());
      one.does(self -> self.exit(BOOM));
      stage.run();
      stage.assertEnded(other, BOOM);
    });
  }

  /// LNK-3: after `unlink` has returned, no exit of that link affects the caller any more.
  @Test
  void takenAwayTellsNothing() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet().trapping();
      Puppet other = stage.puppet();
      one.does(self -> self.link(other.ref()));
      stage.run();
      boolean[] alive = {false};
      one.does(self -> {
        self.unlink(other.ref());
        alive[0] = stage.node.isAlive(other.ref());
      });
      other.does(self -> self.exit(BOOM));
      stage.run();
      if (alive[0]) {
        assertThat(one.heard).isEmpty();
      }
      stage.assertAlive(one);
      assertThat(linksOf(stage, one)).isEmpty();
    });
  }

  /// LNK-3: the peer is free as well.
  @Test
  void takenAwayFreesBoth() {
    exploreNearAndFar(stage -> {
      Puppet one = stage.puppet();
      Puppet other = stage.puppet();
      one.does(self -> self.link(other.ref()));
      stage.run();
      one.does(self -> {
        self.unlink(other.ref());
        self.exit(BOOM);
      });
      stage.run();
      stage.assertAlive(other);
      assertThat(linksOf(stage, other)).isEmpty();
    });
  }

  /// LNK-4 (ours): the failure to link comes as a signal, whether or not exits are trapped.
  @Test
  void withADeadProcessEndsTheCaller() {
    exploreNearAndFar(stage -> {
      Puppet dead = stage.deadPuppet();
      Puppet one = stage.puppet();
      one.does(self -> {
        self.link(dead.ref());
        self.ref().send("link has returned");
      });
      stage.run();
      stage.assertEnded(one, ExitReason.noProcess());
    });
  }

  /// LNK-4.
  @Test
  void withADeadProcessIsAnExitMessageForWhoTraps() {
    exploreNearAndFar(stage -> {
      Puppet dead = stage.deadPuppet();
      Puppet one = stage.puppet().trapping();
      one.does(self -> self.link(dead.ref()));
      stage.run();
      assertThat(one.heard).containsExactly(new Exit(dead.pid(), ExitReason.noProcess()));
      assertThat(linksOf(stage, one)).isEmpty();
    });
  }

  /// LNK-3, LNK-4: taken away before the failure has come back.
  @Test
  void withADeadProcessCanBeTakenAway() {
    exploreNearAndFar(stage -> {
      Puppet dead = stage.deadPuppet();
      ProcessRef<?> gone = stage.node.find(dead.pid());
      Puppet one = stage.puppet();
      one.does(self -> {
        self.link(dead.ref());
        self.unlink(dead.ref());
        self.link(gone);
        self.unlink(gone);
      });
      stage.run();
      stage.assertAlive(one);
      assertThat(linksOf(stage, one)).isEmpty();
    });
  }

  /// LNK-5: however early the child ends, its parent hears of it.
  @Test
  void isThereFromTheChildsFirstMoment() {
    exploreNearAndFar(stage -> {
      Puppet parent = stage.puppet().trapping();
      ProcessRef<?>[] child = new ProcessRef<?>[1];
      parent.does(self -> child[0] = self.spawnLinked(failingToStart()));
      stage.run();
      assertThat(parent.heard).containsExactly(new Exit(child[0].pid(), BOOM));
    });
  }

  private static ProcessSpec<Object> failingToStart() {
    return ProcessSpec.server(
        Object.class,
        () ->
            new Server<>() {
              @Override
              public void started(Self<Object> self) {
                self.exit(BOOM);
              }

              @Override
              public void handle(Self<Object> self, Object message) {}
            });
  }

  /// LNK-5: however early the parent ends, its child hears of it.
  @Test
  void isThereWhenTheParentEndsAtOnce() {
    exploreNearAndFar(stage -> {
      Puppet parent = stage.puppet();
      Puppet child = new Puppet();
      parent.does(self -> {
        child.isPlayedBy(self.spawnLinked(child.spec()));
        self.exit(BOOM);
      });
      stage.run();
      stage.assertEnded(child, BOOM);
    });
  }

  /// LNK-1 holds for many links as for few.
  @Test
  void canBeMany() {
    exploreNearAndFar(
        20,
        stage -> {
          Puppet hub = stage.puppet();
          List<Puppet> peers = Stream.generate(stage::puppet).limit(50).toList();
          hub.does(self -> {
            for (Puppet peer : peers) {
              self.link(peer.ref());
            }
            for (Puppet peer : peers.subList(0, 25)) {
              self.unlink(peer.ref());
            }
          });
          stage.run();
          assertThat(linksOf(stage, hub)).hasSize(25);
          hub.does(self -> self.exit(BOOM));
          stage.run();
          peers.subList(0, 25).forEach(stage::assertAlive);
          peers.subList(25, 50).forEach(peer -> stage.assertEnded(peer, BOOM));
        });
  }

  private static List<Pid> linksOf(Stage stage, Puppet puppet) {
    return stage.node.inspect(puppet.ref(), SECOND).orElseThrow().links();
  }
}
