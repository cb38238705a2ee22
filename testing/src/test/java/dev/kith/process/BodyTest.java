package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A body is a process like any other: the same rules of links, monitors and exits.
class BodyTest {

  /// A body that does what it is told and notes everything else.
  private static ProcessSpec<Object> noting(List<Object> heard) {
    return ProcessSpec.body(
        Object.class,
        (self, inbox) -> {
          while (true) {
            Object message = inbox.receive();
            if (message instanceof Puppet.Act act) {
              act.perform(self);
            } else {
              heard.add(message);
            }
          }
        });
  }

  /// Section 3: untrapped, a link's reason ends it, `normal` does not.
  @Test
  void endsWithItsLink() {
    explore(stage -> {
      ProcessRef<Object> one = stage.node.spawn(noting(new ArrayList<>()));
      ProcessRef<Object> other = stage.node.spawn(noting(new ArrayList<>()));
      Puppet normal = stage.puppet();
      Puppet abnormal = stage.puppet();
      normal.does(self -> self.link(one));
      abnormal.does(self -> self.link(other));
      stage.run();
      normal.does(self -> self.exit(ExitReason.normal()));
      abnormal.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(stage.node.isAlive(one)).isTrue();
      assertThat(stage.reasonsOf(other)).containsExactly(BOOM);
    });
  }

  /// Section 3: trapping, it hears of every exit in order, its parent's included (CALL-7 is about
  /// servers); a kill cannot be trapped.
  @Test
  void hearsOfTheExitsThatItTraps() {
    explore(stage -> {
      Puppet parent = stage.puppet();
      List<Object> heard = new ArrayList<>();
      List<ProcessRef<Object>> child = new ArrayList<>();
      parent.does(self -> child.add(self.spawnLinked(noting(heard))));
      stage.run();
      child.getFirst().send((Puppet.Act) self -> self.trapExits(exit -> exit));
      stage.run();
      parent.does(self -> {
        self.send(child.getFirst(), 1);
        self.exit(child.getFirst(), ExitReason.shutdown());
        self.send(child.getFirst(), 2);
        self.exit(BOOM);
      });
      stage.run();
      assertThat(heard)
          .containsExactly(
              1, new Exit(parent.pid(), ExitReason.shutdown()), 2, new Exit(parent.pid(), BOOM));
      stage.node.exit(child.getFirst(), ExitReason.kill());
      stage.run();
      assertThat(stage.reasonsOf(child.getFirst())).containsExactly(ExitReason.killed());
    });
  }

  /// The process ends when its code returns, and with what its code throws.
  @Test
  void endsWithItsCode() {
    explore(stage -> {
      Exception thrown = new Exception("thrown");
      ProcessRef<Object> returns = stage.node.spawn(Object.class, (Body<Object>) (_, _) -> {});
      ProcessRef<Object> throwing =
          stage.node.spawn(
              Object.class,
              (Body<Object>)
                  (_, _) -> {
                    throw thrown;
                  });
      stage.run();
      assertThat(stage.reasonsOf(returns)).containsExactly(ExitReason.normal());
      assertThat(stage.reasonsOf(throwing)).containsExactly(new ExitReason.Crashed(thrown));
    });
  }

  /// MON-1, from a body.
  @Test
  void watchesAsAnybodyDoes() {
    explore(stage -> {
      Puppet target = stage.puppet();
      List<Object> heard = new ArrayList<>();
      stage
          .node
          .spawn(noting(heard))
          .send((Puppet.Act) self -> self.monitor(target.ref(), down -> down));
      stage.run();
      target.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(heard).containsExactly(new Down(target.pid(), BOOM));
    });
  }
}
