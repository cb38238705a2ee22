package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreFar;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// SPN-1: processes that are started on another node.
class RemoteSpawnTest {
  private static final int SCHEDULES = 200;

  /// Greets who ordered it, then does as it is told.
  private static final Blueprint<ProcessRef<Object>, Object> GREETER =
      Blueprint.of("greeter", asReference(), Object.class, Greeter::new);

  @SuppressWarnings("unchecked") // a class literal has no type argument
  private static Class<ProcessRef<Object>> asReference() {
    return (Class<ProcessRef<Object>>) (Class<?>) ProcessRef.class;
  }

  private record Greeter(ProcessRef<Object> parent) implements Server<Object> {
    @Override
    public void started(Self<Object> self) {
      parent.send("hello");
    }

    @Override
    public void handle(Self<Object> self, Object message) {
      self.exit(BOOM);
    }
  }

  /// SPN-3: the answer comes before everything else from the new process.
  @Test
  void tellsOfTheProcessFirst() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Node there = stage.nodes.get(1);
          there.allow(GREETER);
          Puppet here = stage.puppet();
          here.does(self -> self.spawn(there.name(), GREETER, here.ref(), answer -> answer));
          stage.run();
          assertThat(here.heard).hasSize(2);
          assertThat(here.heard.getFirst()).isInstanceOf(Answer.Reply.class);
          assertThat(here.heard.getLast()).isEqualTo("hello");
        });
  }

  /// LNK-5, over nodes.
  @Test
  void linksFromTheFirstMoment() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Node there = stage.nodes.get(1);
          there.allow(GREETER);
          Puppet here = stage.puppet().trapping();
          here.does(self -> self.spawnLinked(there.name(), GREETER, here.ref(), answer -> answer));
          stage.run();
          ProcessRef<Object> child = child(here);
          here.does(self -> self.send(child, "end"));
          stage.run();
          assertThat(here.heard.getLast()).isEqualTo(new Exit(child.pid(), BOOM));
        });
  }

  /// A linked child ends with its parent.
  @Test
  void theLinkHoldsBothWays() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Node there = stage.nodes.get(1);
          there.allow(GREETER);
          Puppet here = stage.puppet();
          here.does(self -> self.spawnLinked(there.name(), GREETER, here.ref(), answer -> answer));
          stage.run();
          ProcessRef<Object> child = child(here);
          here.does(self -> self.exit(BOOM));
          stage.run();
          assertThat(stage.reasonsOf(child)).containsExactly(BOOM);
        });
  }

  /// SPN-2: bad orders come back as failures.
  @Test
  void saysWhyNot() {
    exploreFar(
        1,
        stage -> {
          Node there = stage.nodes.get(1);
          Puppet here = stage.puppet();
          here.does(self -> self.spawn(there.name(), GREETER, here.ref(), answer -> answer));
          stage.run();
          assertThat(here.heard)
              .containsExactly(
                  new Answer.Failed<>(
                      new ExitReason.Custom("no blueprint greeter is allowed here")));
          here.does(
              self -> self.spawn(NodeName.of("nowhere"), GREETER, here.ref(), answer -> answer));
          stage.run();
          assertThat(here.heard.getLast())
              .isEqualTo(new Answer.Failed<>(ExitReason.noConnection()));
        });
  }

  /// SPN-4: the connection is lost before the answer came.
  @Test
  void failsWithTheConnection() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Node there = stage.nodes.get(1);
          there.allow(GREETER);
          Puppet here = stage.puppet();
          here.does(self -> self.spawnLinked(there.name(), GREETER, here.ref(), answer -> answer));
          stage.link.lose();
          stage.run();
          assertThat(here.heard).hasSizeBetween(0, 2);
          boolean knows = here.heard.stream().anyMatch(Answer.Reply.class::isInstance);
          boolean failed = here.heard.contains(new Answer.Failed<>(ExitReason.noConnection()));
          assertThat(knows || failed || !stage.home(here.ref()).isAlive(here.ref())).isTrue();
          assertThat(there.processes().stream().filter(p -> p.protocol() == Object.class))
              .isEmpty();
        });
  }

  /// SPN-5: whoever no longer waits hears nothing, and a linked child is told that it was
  /// abandoned.
  @Test
  void isAbandonedInTime() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Node there = stage.nodes.get(1);
          there.allow(GREETER);
          Puppet here = stage.puppet();
          boolean[] inTime = {false};
          Cancel[] order = {null};
          here.does(self ->
              order[0] = self.spawnLinked(there.name(), GREETER, here.ref(), answer -> answer));
          here.does(_ -> inTime[0] = order[0].cancel());
          stage.run();
          boolean told = here.heard.stream().anyMatch(Answer.class::isInstance);
          assertThat(told).isNotEqualTo(inTime[0]);
          long left = there.processes().stream().filter(p -> p.protocol() == Object.class).count();
          assertThat(left).isEqualTo(inTime[0] ? 0 : 1);
          stage.assertAlive(here);
        });
  }

  @SuppressWarnings("unchecked") // it was started from a blueprint for Object
  private static ProcessRef<Object> child(Puppet puppet) {
    return puppet.heard.stream()
        .filter(Answer.Reply.class::isInstance)
        .map(answer -> (ProcessRef<Object>) ((Answer.Reply<?>) answer).value())
        .findFirst()
        .orElseThrow();
  }
}
