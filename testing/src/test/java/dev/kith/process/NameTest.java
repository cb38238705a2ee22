package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Name<Object> NAME = Name.of("name", Object.class);
  private static final Name<Object> OTHER = Name.of("other", Object.class);

  /// NAM-1: one process per name.
  @Test
  void isHeldByOneProcess() {
    explore(stage -> {
      Puppet one = stage.puppet();
      Puppet other = stage.puppet();
      for (Puppet puppet : new Puppet[] {one, other}) {
        puppet.does(self -> puppet.heard.add(self.tryRegister(NAME)));
      }
      stage.run();
      assertThat(one.heard.getFirst()).isNotEqualTo(other.heard.getFirst());
      Puppet holder = one.heard.contains(true) ? one : other;
      assertThat(stage.node.whereis(NAME)).contains(holder.ref());
    });
  }

  /// NAM-1: one name per process.
  @Test
  void isTheOnlyOneOfItsProcess() {
    explore(stage -> {
      Puppet one = stage.puppet();
      one.does(self -> {
        one.heard.add(self.tryRegister(NAME));
        one.heard.add(self.tryRegister(OTHER));
        one.heard.add(self.tryRegister(NAME));
      });
      stage.run();
      assertThat(one.heard).containsExactly(true, false, false);
      assertThat(stage.node.whereis(OTHER)).isEmpty();
    });
  }

  /// NAM-1: given back, it can be taken by another, and its process can take another.
  @Test
  void canBeGivenBack() {
    explore(stage -> {
      Puppet one = stage.puppet();
      Puppet other = stage.puppet();
      one.does(self -> self.tryRegister(NAME));
      one.does(self -> {
        self.unregister();
        one.heard.add(self.tryRegister(OTHER));
      });
      stage.run();
      other.does(self -> other.heard.add(self.tryRegister(NAME)));
      stage.run();
      assertThat(one.heard).containsExactly(true);
      assertThat(other.heard).containsExactly(true);
      assertThat(stage.node.whereis(NAME)).contains(other.ref());
      assertThat(stage.node.whereis(OTHER)).contains(one.ref());
    });
  }

  /// NAM-1: it is for processes of its protocol; anything else is a programmer's error.
  @Test
  void isForOneProtocol() {
    explore(stage -> {
      ProcessRef<String> strings =
          stage.node.spawn(
              String.class,
              () ->
                  (self, message) -> self.tryRegister(new Name<>("name", mistyped(Object.class))));
      strings.send("register");
      stage.run();
      assertThat(stage.reasonsOf(strings))
          .singleElement()
          .isInstanceOfSatisfying(
              ExitReason.Crashed.class,
              crash -> assertThat(crash.cause()).isInstanceOf(IllegalArgumentException.class));
      assertThat(stage.node.whereis(NAME)).isEmpty();
    });
  }

  @SuppressWarnings("unchecked") // the very mistake that must be noticed
  private static Class<String> mistyped(Class<?> type) {
    return (Class<String>) type;
  }

  /// NAM-1: the name is held from the first moment of a process that is spawned with it.
  @Test
  void isHeldFromTheFirstMoment() {
    explore(stage -> {
      ProcessRef<Object> named = stage.node.spawn(new Puppet().spec().named(NAME));
      assertThat(stage.node.whereis(NAME)).contains(named);
      assertThatThrownBy(() -> stage.node.spawn(new Puppet().spec().named(NAME)))
          .isInstanceOf(ExitException.class);
      assertThat(stage.node.start(new Puppet().spec().named(NAME), SECOND))
          .isEqualTo(new StartResult.AlreadyStarted<>(named.pid()));
      stage.run();
      assertThat(stage.node.processCount()).isEqualTo(1);
    });
  }

  /// NAM-2: freed by the end of its process; a watcher can take it over on `Down`.
  @Test
  void isFreeWhenTheEndIsKnown() {
    explore(stage -> {
      Puppet holder = stage.puppet();
      Puppet heir = stage.puppet();
      holder.does(self -> self.tryRegister(NAME));
      heir.does(self ->
          self.monitor(holder.ref(), _ -> (Puppet.Act) me -> heir.heard.add(me.tryRegister(NAME))));
      stage.run();
      holder.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(heir.heard).containsExactly(true);
      assertThat(stage.node.whereis(NAME)).contains(heir.ref());
    });
  }

  /// A6: a name survives the restart of its holder: who sends to the name reaches the new one.
  @Test
  void survivesItsHolder() {
    explore(stage -> {
      Puppet client = stage.puppet();
      Puppet first = new Puppet();
      Puppet second = new Puppet();
      first.isPlayedBy(stage.node.spawn(first.spec().named(NAME)));
      client.does(self -> self.send(NAME, 1));
      stage.run();
      first.does(self -> self.exit(BOOM));
      stage.run();
      client.does(self -> self.send(NAME, 2));
      stage.run();
      second.isPlayedBy(stage.node.spawn(second.spec().named(NAME)));
      client.does(self -> self.send(NAME, 3));
      stage.run();
      assertThat(first.heard).containsExactly(1);
      assertThat(second.heard).containsExactly(3);
      assertThat(stage.drops(DropReason.NO_PROCESS)).isEqualTo(1);
    });
  }

  /// Design rule 4: what comes by name is checked against the holder's protocol.
  @Test
  void letsNoOtherMessagesIn() {
    explore(stage -> {
      int[] handled = {0};
      ProcessRef<Integer> numbers =
          stage.node.spawn(
              ProcessSpec.server(Integer.class, () -> (_, _) -> handled[0]++)
                  .named(Name.of("numbers", Integer.class)));
      stage.puppet().does(self -> self.send(Name.of("numbers", Object.class), "no number"));
      stage.run();
      assertThat(stage.node.isAlive(numbers)).isTrue();
      assertThat(handled[0]).isZero();
      assertThat(stage.drops(DropReason.WRONG_PROTOCOL)).isEqualTo(1);
    });
  }

  /// NAM-3: a pid of an earlier life of the node reaches nobody.
  @Test
  void ofAnEarlierLifeReachesNobody() {
    explore(stage -> {
      Puppet old = stage.puppet();
      try (Node reborn = again(stage)) {
        assertThat(reborn.incarnation()).isNotEqualTo(stage.node.incarnation());
        Puppet stranger = new Puppet();
        stranger.isPlayedBy(reborn.spawn(stranger.spec()));
        assertThat(stranger.pid().serial()).isEqualTo(old.pid().serial());

        sendTo(reborn.find(old.pid()), "hello");
        stage.run();
        assertThat(stranger.heard).isEmpty();
        assertThat(reborn.drops().of(DropReason.OLD_INCARNATION)).isEqualTo(1);
        reborn.exit(stranger.ref(), ExitReason.kill());
        stage.run();
      }
    });
  }

  /// A pid of another node reaches nobody while no connection leads there.
  @Test
  void ofAnotherNodeReachesNobody() {
    explore(stage -> {
      Pid elsewhere = new Pid(NodeName.of("elsewhere"), 1, stage.node.incarnation());
      sendTo(stage.node.find(elsewhere), "hello");
      assertThat(stage.node.drops().of(DropReason.NO_CONNECTION)).isEqualTo(1);
    });
  }

  /// NAM-3: monitor and link to a pid of an earlier life.
  @Test
  void ofAnEarlierLifeIsDead() {
    explore(stage -> {
      Puppet old = stage.puppet();
      try (Node reborn = again(stage)) {
        Puppet one = new Puppet();
        one.isPlayedBy(reborn.spawn(one.spec()));
        one.trapping();
        one.does(self -> {
          self.monitor(reborn.find(old.pid()), down -> down);
          self.link(reborn.find(old.pid()));
        });
        stage.run();
        assertThat(one.heard)
            .containsExactlyInAnyOrder(
                new Down(old.pid(), ExitReason.noProcess()),
                new Exit(old.pid(), ExitReason.noProcess()));
        reborn.exit(one.ref(), ExitReason.kill());
        stage.run();
      }
    });
  }

  private static Node again(Stage stage) {
    return Node.start(
        NodeSpec.of(stage.node.name())
            .withEnvironment(stage.world.environment())
            .withCrashReports(NodeSpec.CrashReports.SILENT));
  }

  @SuppressWarnings("unchecked")
  private static void sendTo(ProcessRef<?> ref, Object message) {
    ((ProcessRef<Object>) ref).send(message);
  }

  /// JVM-6: `await` is the way to wait for a name.
  @Test
  void canBeAwaited() {
    explore(stage -> {
      Puppet late = stage.puppet();
      late.does(self -> self.sendAfter(SECOND, (Puppet.Act) me -> me.tryRegister(NAME)));
      Optional<ProcessRef<Object>> found = stage.node.await(NAME, Duration.ofSeconds(2));
      assertThat(found).contains(late.ref());
      assertThat(stage.world.now()).isEqualTo(SECOND);
    });
  }

  /// JVM-6.
  @Test
  void isAwaitedNoLongerThanToTheDeadline() {
    explore(stage -> {
      assertThat(stage.node.await(NAME, SECOND)).isEmpty();
      assertThat(stage.world.now()).isEqualTo(SECOND);
    });
  }

  /// What a holder does not take is not given to it, and whoever offers it hears why.
  @Test
  void whatIsOfferedMustBeOfTheProtocol() {
    explore(stage -> {
      Name<Integer> name = Name.of("numbers", Integer.class);
      stage.node.spawn(ProcessSpec.server(Integer.class, () -> (_, _) -> {}).named(name));
      assertThat(stage.node.offer(name, "one")).containsInstanceOf(ExitReason.WrongProtocol.class);
      assertThat(stage.node.offer(name, 1)).isEmpty();
      stage.run();
      assertThat(stage.drops(DropReason.WRONG_PROTOCOL)).isOne();
    });
  }
}
