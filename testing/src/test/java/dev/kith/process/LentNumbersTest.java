package dev.kith.process;

import static dev.kith.process.Stage.exploreFar;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What other nodes know by number: aliases and requests.
class LentNumbersTest {
  private static final int SCHEDULES = 20;

  private record Question() implements Request<String> {}

  /// An alias of a puppet that says what it gets with this in front.
  private static Alias<Object> alias(Stage stage, Puppet owner, String mark) {
    List<Alias<Object>> made = new ArrayList<>();
    owner.does(self -> made.add(self.alias(Object.class, said -> mark + said)));
    stage.run();
    return made.getFirst();
  }

  private static void say(Stage stage, Puppet speaker, Alias<Object> to, String words) {
    speaker.does(self -> tell(stage.seenBy(self, to), words));
    stage.run();
  }

  @SuppressWarnings("unchecked") // a puppet's alias takes everything
  private static void tell(ProcessRef<?> to, Object words) {
    ((ProcessRef<Object>) to).send(words);
  }

  @Test
  void twoAliasesAreTwo() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet owner = stage.puppet();
          Puppet speaker = stage.puppet();
          Alias<Object> first = alias(stage, owner, "first ");
          Alias<Object> second = alias(stage, owner, "second ");
          say(stage, speaker, first, "one");
          say(stage, speaker, second, "two");
          say(stage, speaker, first, "three");
          assertThat(owner.heard).containsExactly("first one", "second two", "first three");
        });
  }

  /// B12: an alias's number is no way to it under another process's.
  @Test
  void anAliasIsItsOwners() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet owner = stage.puppet();
          Puppet speaker = stage.puppet();
          Alias<Object> lent = alias(stage, owner, "");
          speaker.does(self -> {
            RemoteAlias<?> seen = (RemoteAlias<?>) stage.seenBy(self, lent);
            Pid pid = seen.pid();
            Pid other = new Pid(pid.node(), pid.serial() + 1, pid.incarnation());
            tell(new RemoteAlias<>(self.node(), other, seen.id()), "no");
            tell(seen, "yes");
          });
          stage.run();
          assertThat(owner.heard).containsExactly("yes");
        });
  }

  @Test
  void aCancelledAliasIsForgotten() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet owner = stage.puppet();
          Alias<Object> lent = alias(stage, owner, "");
          say(stage, stage.puppet(), lent, "one");
          Abroad known = stage.home(owner.ref()).abroad;
          assertThat(known.size()).isEqualTo(1);
          owner.does(self -> lent.cancel());
          stage.run();
          assertThat(known.size()).isZero();
        });
  }

  @Test
  void aRequestThatIsGivenUpIsForgotten() {
    exploreFar(
        SCHEDULES,
        stage -> {
          Puppet asker = stage.puppet();
          Puppet server = stage.puppet();
          Duration within = Duration.ofSeconds(1);
          asker.does(
              self -> self.<String, Question>ask(server.ref(), new Question(), within, a -> a));
          stage.run();
          stage.world.forgiveUnanswered();
          Abroad known = stage.home(asker.ref()).abroad;
          assertThat(known.size()).isEqualTo(1);
          stage.world.advance(within.multipliedBy(2));
          assertThat(asker.heard).containsExactly(new Answer.Failed<>(ExitReason.timeout()));
          assertThat(known.size()).isZero();
        });
  }
}
