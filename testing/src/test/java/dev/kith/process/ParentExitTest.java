package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// CALL-7: what a server that traps exits does when its parent ends.
class ParentExitTest {

  /// A parent with a linked child that traps exits.
  private record Family(Puppet parent, Puppet child) {
    static Family on(Stage stage) {
      Puppet parent = stage.puppet();
      Puppet child = new Puppet();
      parent.does(self -> child.isPlayedBy(self.spawnLinked(child.spec())));
      stage.run();
      child.trapping();
      stage.run();
      return new Family(parent, child);
    }
  }

  /// Its parent's end is its own, after `terminate`, whatever the reason.
  @Test
  void endsATrappingServer() {
    for (ExitReason reason : List.of(BOOM, ExitReason.shutdown(), ExitReason.normal())) {
      Stage.explore(
          50,
          stage -> {
            Family family = Family.on(stage);
            family.parent().does(self -> self.exit(reason));
            stage.run();
            stage.assertEnded(family.child(), reason);
            assertThat(family.child().terminated).containsExactly(reason);
            assertThat(family.child().heard).isEmpty();
          });
    }
  }

  /// An exit signal that the parent sends counts as well, `normal` too.
  @Test
  void isAlsoWhatTheParentSends() {
    for (ExitReason reason : List.of(BOOM, ExitReason.shutdown(), ExitReason.normal())) {
      Stage.explore(
          50,
          stage -> {
            Family family = Family.on(stage);
            family.parent().does(self -> self.exit(family.child().ref(), reason));
            stage.run();
            stage.assertEnded(family.child(), reason);
            assertThat(family.child().terminated).containsExactly(reason);
          });
    }
  }

  /// From a stranger it is an ordinary message.
  @Test
  void isNotTheExitOfAStranger() {
    explore(stage -> {
      Family family = Family.on(stage);
      Puppet stranger = stage.puppet();
      stranger.does(self -> {
        self.exit(family.child().ref(), BOOM);
        self.link(family.child().ref());
        self.exit(ExitReason.shutdown());
      });
      stage.run();
      stage.assertAlive(family.child());
      assertThat(family.child().heard)
          .containsExactly(
              new Exit(stranger.pid(), BOOM), new Exit(stranger.pid(), ExitReason.shutdown()));
    });
  }

  /// A server may ask for its parent's exit as a message, and must then end itself.
  @Test
  void isAMessageForWhoAsks() {
    explore(stage -> {
      Family family = Family.on(stage);
      family.child().does(self -> self.trapParentExit(exit -> exit));
      stage.run();
      family.parent().does(self -> self.exit(BOOM));
      stage.run();
      stage.assertAlive(family.child());
      assertThat(family.child().heard).containsExactly(new Exit(family.parent().pid(), BOOM));
    });
  }

  /// A server that does not trap exits lives on when its parent ends normally, as any process.
  @Test
  void isOrdinaryForWhoDoesNotTrap() {
    explore(stage -> {
      Puppet parent = stage.puppet();
      Puppet child = new Puppet();
      parent.does(self -> child.isPlayedBy(self.spawnLinked(child.spec())));
      stage.run();
      parent.does(self -> self.exit(ExitReason.normal()));
      stage.run();
      stage.assertAlive(child);
    });
  }
}
