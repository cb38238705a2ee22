package dev.kith.group;

import static dev.kith.group.GroupStage.nearAndFar;
import static dev.kith.testing.Exploration.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.process.Down;
import dev.kith.process.ExitReason;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final Group<String> ROOM = Group.of("room", String.class);

  /// PG-1.
  @Test
  void aGroupExistsWhileItHasMembers() {
    nearAndFar(stage -> {
      Probe<String> one = stage.member(String.class);
      assertThat(stage.seen().groups()).isEmpty();
      stage.joined().join(ROOM, one.ref());
      stage.settle();
      assertThat(stage.seen().groups()).containsExactly("room");
      assertThat(stage.seen().members(ROOM)).extracting(ProcessRef::pid).containsExactly(one.pid());
      assertThat(stage.joined().leave(ROOM, one.ref())).isTrue();
      stage.settle();
      assertThat(stage.seen().groups()).isEmpty();
    });
  }

  /// PG-1.
  @Test
  void whoJoinsTwiceGetsEverythingTwiceAndMustLeaveTwice() {
    nearAndFar(stage -> {
      Probe<String> one = stage.member(String.class);
      stage.joined().join(ROOM, one.ref());
      stage.joined().join(ROOM, one.ref());
      stage.settle();
      assertThat(stage.seen().broadcast(ROOM, "hello")).isEqualTo(2);
      one.expect("hello", "hello");
      assertThat(stage.joined().leave(ROOM, one.ref())).isTrue();
      assertThat(stage.joined().leave(ROOM, one.ref())).isTrue();
      assertThat(stage.joined().leave(ROOM, one.ref())).isFalse();
      stage.settle();
      assertThat(stage.seen().broadcast(ROOM, "hello")).isZero();
    });
  }

  /// PG-1, PG-3.
  @Test
  void whoEndsIsInNoGroupHoweverOftenItHadJoined() {
    nearAndFar(stage -> {
      Probe<String> one = stage.member(String.class);
      stage.joined().join(ROOM, one.ref());
      stage.joined().join(ROOM, one.ref());
      stage.joined().join(Group.of("hall", String.class), one.ref());
      stage.settle();
      assertThat(stage.seen().members(ROOM)).hasSize(2);
      stage.there().exit(one.ref(), ExitReason.kill());
      stage.settle();
      assertThat(stage.seen().groups()).isEmpty();
    });
  }

  /// PG-1: only processes of this node.
  @Test
  void aProcessOfAnotherNodeCannotJoin() {
    try (World world = World.of(1)) {
      Scope scope = Scope.on(world.node("a"));
      ProcessRef<String> stranger =
          world.node("b").spawn(String.class, () -> (self, message) -> {});
      assertThatThrownBy(() -> scope.join(ROOM, stranger))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not a process of node a");
    }
  }

  @Test
  void aGroupNameBelongsToOneProtocol() {
    try (World world = World.of(1)) {
      Scope scope = Scope.on(world.node());
      scope.join(ROOM, world.probe(String.class).ref());
      assertThatThrownBy(() -> scope.broadcast(Group.of("room", Integer.class), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("java.lang.String");
    }
  }

  private record Watcher(Scope scope, ProcessRef<String> member, ProcessRef<Object> log)
      implements Server<Object> {
    @Override
    public void started(Self<Object> self) {
      self.monitor(member, down -> down);
    }

    @Override
    public void handle(Self<Object> self, Object message) {
      if (message instanceof Down) {
        log.send(scope.members(ROOM).size());
      }
    }
  }

  /// SIG-6: a group is left before anybody is told of the end.
  @Test
  void whoEndsHasLeftBeforeAnybodyHearsOfIt() {
    explore(
        200,
        world -> {
          Scope scope = Scope.on(world.node());
          Probe<Object> log = world.probe(Object.class);
          ProcessRef<String> member =
              world
                  .node()
                  .spawn(String.class, () -> (self, message) -> self.exit(ExitReason.normal()));
          scope.join(ROOM, member);
          scope.join(ROOM, member);
          world.node().spawn(Object.class, () -> new Watcher(scope, member, log.ref()));
          world.run();
          member.send("go");
          log.expect(0);
        });
  }

  /// PG-4: a snapshot and then every change, with no gap.
  @Test
  void aWatcherMissesNothingAndSeesNothingTwice() {
    nearAndFar(
        200,
        stage -> {
          Map<Pid, Integer> seen = new HashMap<>();
          for (int i = 0; i < 5; i++) {
            boolean dies = stage.world().below(2) == 0;
            ProcessRef<String> member =
                stage.there().spawn(String.class, () -> new Flighty(stage.joined(), dies));
            member.send("join");
            member.send("join");
            member.send("leave");
          }
          stage.here().spawn(Membership.class, () -> new Counter(stage.seen(), seen));
          stage.settle();
          seen.values().removeIf(times -> times == 0);
          Map<Pid, Integer> real = new HashMap<>();
          stage.joined().members(ROOM).forEach(member -> real.merge(member.pid(), 1, Integer::sum));
          assertThat(seen).isEqualTo(real);
        });
  }

  private record Counter(Scope scope, Map<Pid, Integer> seen) implements Server<Membership> {
    @Override
    public void started(Self<Membership> self) {
      scope.watch(self, ROOM, change -> change).members().forEach(this::count);
    }

    @Override
    public void handle(Self<Membership> self, Membership change) {
      count(change);
    }

    private void count(Membership change) {
      seen.merge(change.member(), change instanceof Membership.Joined ? 1 : -1, Integer::sum);
    }
  }

  private record Flighty(Scope scope, boolean dies) implements Server<String> {
    @Override
    public void handle(Self<String> self, String message) {
      if (message.equals("join")) {
        scope.join(ROOM, self.ref());
      } else {
        scope.leave(ROOM, self.ref());
        if (dies) {
          self.exit(ExitReason.normal());
        }
      }
    }
  }

  /// A13.
  @Test
  void roundRobinGivesEachItsTurnAndWeightByJoining() {
    nearAndFar(stage -> {
      List<Probe<String>> probes = List.of(stage.member(String.class), stage.member(String.class));
      stage.joined().join(ROOM, probes.get(0).ref());
      stage.joined().join(ROOM, probes.get(1).ref());
      stage.joined().join(ROOM, probes.get(1).ref());
      stage.settle();
      for (int i = 0; i < 300; i++) {
        stage.seen().pick(ROOM, Pick.ROUND_ROBIN).orElseThrow().send("job");
      }
      stage.settle();
      assertThat(probes.get(0).drain()).hasSize(100);
      assertThat(probes.get(1).drain()).hasSize(200);
    });
  }

  /// A13.
  @Test
  void leastBusyAvoidsWhoHasMailWaiting() {
    try (World world = World.of(1)) {
      Scope scope = Scope.on(world.node());
      Probe<String> busy = world.probe(String.class);
      Probe<String> free = world.probe(String.class);
      scope.join(ROOM, busy.ref());
      scope.join(ROOM, free.ref());
      world.run();
      busy.ref().send("one");
      busy.ref().send("two");
      assertThat(scope.pick(ROOM, Pick.LEAST_BUSY)).contains(free.ref());
      assertThat(scope.pick(ROOM, Pick.LEAST_BUSY)).contains(free.ref());
    }
  }

  @Test
  void nobodyIsPickedFromAnEmptyGroup() {
    try (World world = World.of(1)) {
      assertThat(Scope.on(world.node()).pick(ROOM, Pick.RANDOM)).isEmpty();
      world.advance(Duration.ofSeconds(1));
    }
  }
}
