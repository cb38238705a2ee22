package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreFar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// NOD-5: what the loss of a connection does to everything that is tied to it.
class ConnectionLossTest {
  private static final int SCHEDULES = 200;
  private static final Duration LONG = Duration.ofMinutes(1);

  private record Question() implements Request<String> {}

  @Test
  void endsLinks() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet().trapping();
          Puppet there = stage.puppet();
          Puppet stranger = stage.puppetOn(stage.nodes.get(1));
          here.does(self -> self.link(there.ref()));
          stage.run();
          stage.link.lose();
          stage.run();
          assertThat(here.heard).containsExactly(new Exit(there.pid(), ExitReason.noConnection()));
          stage.assertEnded(there, ExitReason.noConnection());
          stage.assertAlive(stranger);
          assertThat(stage.node.inspect(here.ref(), LONG).orElseThrow().links()).isEmpty();
        });
  }

  @Test
  void firesMonitorsOnce() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet();
          Puppet there = stage.puppet();
          here.does(self -> {
            self.monitor(there.ref(), down -> down);
            self.monitor(there.ref(), down -> down).cancel();
          });
          if (stage.world.below(2) == 0) {
            stage.run();
          }
          there.does(self -> self.exit(BOOM));
          stage.link.lose();
          stage.run();
          assertThat(here.heard).hasSize(1);
          assertThat(((Down) here.heard.getFirst()).reason())
              .isIn(BOOM, ExitReason.noConnection(), ExitReason.noProcess());
          assertThat(((Down) here.heard.getFirst()).pid()).isEqualTo(there.pid());
        });
  }

  @Test
  void failsRequests() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet();
          Puppet there = stage.puppet();
          here.does(self -> self.<String, Question>ask(there.ref(), new Question(), LONG, a -> a));
          stage.run();
          stage.world.forgiveUnanswered();
          stage.link.lose();
          stage.run();
          assertThat(here.heard).containsExactly(new Answer.Failed<>(ExitReason.noConnection()));
        });
  }

  @Test
  void isTheAnswerToWhatIsAskedAfterwards() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet().trapping();
          Puppet there = stage.puppet();
          stage.run();
          stage.link.lose();
          stage.run();
          here.does(self -> {
            self.monitor(there.ref(), down -> down);
            self.send(there.ref(), "lost");
          });
          stage.run();
          here.does(self -> self.link(there.ref()));
          here.does(self -> self.<String, Question>ask(there.ref(), new Question(), LONG, a -> a));
          stage.run();
          assertThat(here.heard)
              .containsExactly(
                  new Down(there.pid(), ExitReason.noConnection()),
                  new Exit(there.pid(), ExitReason.noConnection()),
                  new Answer.Failed<>(ExitReason.noConnection()));
          assertThat(there.heard).isEmpty();
          assertThat(stage.drops(DropReason.NO_CONNECTION)).isEqualTo(2);
        });
  }

  /// Pids of processes that were not linked work again over the next connection, and nothing of the
  /// last one appears on it.
  @Test
  void leavesNothingToTheNextConnection() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet().trapping();
          Puppet there = stage.puppet().trapping();
          here.does(self -> self.link(there.ref()));
          stage.run();
          here.does(self -> self.unlink(there.ref()));
          if (stage.world.below(2) == 0) {
            stage.run();
          }
          stage.link.lose();
          stage.run();
          stage.link.connect();
          here.heard.clear();
          there.heard.clear();
          here.does(self -> self.link(there.ref()));
          stage.run();
          here.does(self -> self.send(there.ref(), "again"));
          here.does(self -> self.exit(BOOM));
          stage.run();
          assertThat(there.heard).containsExactly("again", new Exit(here.pid(), BOOM));
        });
  }

  /// NOD-2: everything that came over a connection, then its loss; then the next, then what comes
  /// over it.
  @Test
  void isToldBetweenWhatCameBeforeAndAfter() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet();
          Puppet there = stage.puppet();
          here.does(self -> {
            self.subscribe(NodeUp.class, up -> up);
            self.subscribe(NodeDown.class, down -> down);
            self.monitor(there.ref(), down -> down);
          });
          stage.run();
          there.does(self -> self.send(here.ref(), "before"));
          stage.run();
          stage.link.lose();
          stage.run();
          stage.link.connect();
          there.does(self -> self.send(here.ref(), "after"));
          stage.run();
          Node other = stage.nodes.get(1);
          assertThat(here.heard)
              .containsExactly(
                  "before",
                  new Down(there.pid(), ExitReason.noConnection()),
                  new NodeDown(other.name(), other.incarnation(), "cut"),
                  new NodeUp(other.name(), other.incarnation()),
                  "after");
        });
  }

  /// Whatever they did to each other, and whenever the connection was lost: each monitor fired
  /// once, both sides agree on every link, and nothing is left in the tables.
  @Test
  void findsBothSidesAgreed() {
    exploreFar(
        SCHEDULES,
        stage -> {
          List<Puppet> all = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            all.add(stage.puppet().trapping());
          }
          int[] monitors = new int[all.size()];
          for (int step = 0; step < 60; step++) {
            act(stage, all, monitors);
          }
          stage.run();
          assertLinksAgree(stage, all);
          stage.link.lose();
          stage.run();
          all.forEach(puppet -> stage.home(puppet.ref()).exit(puppet.ref(), ExitReason.kill()));
          stage.run();
          stage.world.forgiveUnanswered();
          stage.nodes.forEach(node -> assertThat(node.abroad.size()).isZero());
        });
  }

  private static void act(Stage stage, List<Puppet> all, int[] monitors) {
    int number = stage.world.below(all.size());
    Puppet one = all.get(number);
    Puppet other = all.get(stage.world.below(all.size()));
    switch (stage.world.below(8)) {
      case 0, 1 -> one.does(self -> self.link(other.ref()));
      case 2 -> one.does(self -> self.unlink(other.ref()));
      case 3 -> {
        if (one != other) {
          monitors[number]++;
          one.does(self -> self.monitor(other.ref(), down -> down));
        }
      }
      case 4 -> one.does(self -> self.send(other.ref(), "word"));
      case 5 -> stage.run();
      case 6 ->
          one.does(self ->
              self.<String, Question>ask(
                  other.ref(), new Question(), Duration.ofMillis(1), answer -> answer));
      default -> {
        if (stage.world.below(6) == 0) {
          stage.link.lose();
          stage.run();
          stage.link.connect();
        }
      }
    }
  }

  private static void assertLinksAgree(Stage stage, List<Puppet> all) {
    for (Puppet one : all) {
      for (Puppet other : all) {
        assertThat(linksOf(stage, one).contains(other.pid()))
            .as("%s is linked with %s, as %s with it", one.pid(), other.pid(), other.pid())
            .isEqualTo(linksOf(stage, other).contains(one.pid()));
      }
    }
  }

  private static List<Pid> linksOf(Stage stage, Puppet puppet) {
    return stage
        .home(puppet.ref())
        .inspect(puppet.ref(), LONG)
        .map(Inspection::links)
        .orElse(List.of());
  }

  /// A link whose unlink was never acknowledged is gone too: the next one is a new one.
  @Test
  void endsLinksThatWereBeingTakenAway() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet().trapping();
          Puppet there = stage.puppet().trapping();
          here.does(self -> self.link(there.ref()));
          stage.run();
          AtomicBoolean unlinked = new AtomicBoolean();
          here.does(self -> {
            self.unlink(there.ref());
            unlinked.set(true);
          });
          stage.world.until(unlinked::get, LONG);
          stage.link.lose();
          stage.run();
          assertThat(stage.node.inspect(here.ref(), LONG).orElseThrow().links()).isEmpty();
          stage.link.connect();
          here.does(self -> self.link(there.ref()));
          stage.run();
          there.does(self -> self.exit(BOOM));
          stage.run();
          assertThat(here.heard).containsExactly(new Exit(there.pid(), BOOM));
        });
  }

  @Test
  void whoHasEndedIsTiedToNoConnection() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet();
          Puppet there = stage.puppet().trapping();
          Peer peer = stage.node.peers.of(there.pid().node());
          here.does(self -> self.link(there.ref()));
          stage.run();
          assertThat(peer.tied()).isEqualTo(1);
          here.does(self -> self.exit(BOOM));
          stage.run();
          assertThat(peer.tied()).isZero();
        });
  }

  @Test
  void whoRefusesALinkIsTiedToNoConnection() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet here = stage.puppet().trapping();
          Puppet there = stage.puppet();
          there.does(self -> self.exit(BOOM));
          here.does(self -> self.link(there.ref()));
          stage.run();
          Node home = stage.nodes.get(1);
          assertThat(home.peers.of(here.pid().node()).tied()).isZero();
        });
  }
}
