package dev.kith.process;

import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliasTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  record Question(String text) implements Request<String> {}

  private static <E> Alias<E> alias(Stage stage, Puppet owner, Class<E> protocol) {
    List<Alias<E>> made = new ArrayList<>();
    owner.does(self -> made.add(self.alias(protocol, message -> List.of("alias", message))));
    stage.run();
    return made.getFirst();
  }

  /// Design rule 3: an alias turns another protocol's messages into the owner's.
  @Test
  void turnsMessagesIntoItsOwners() {
    exploreNearAndFar(stage -> {
      Puppet owner = stage.puppet();
      Alias<String> alias = alias(stage, owner, String.class);
      stage.puppet().does(self -> self.send(alias, "hello"));
      stage.run();
      assertThat(owner.heard).containsExactly(List.of("alias", "hello"));
      assertThat(alias.pid()).isEqualTo(owner.pid());
    });
  }

  /// SIG-7: what comes through an alias that is no longer active is dropped and counted, also what
  /// was sent before and not yet handled.
  @Test
  void bringsNothingOnceCancelled() {
    exploreNearAndFar(stage -> {
      Puppet owner = stage.puppet();
      Alias<String> alias = alias(stage, owner, String.class);
      int[] heardBefore = {0};
      owner.does(_ -> {
        heardBefore[0] = owner.heard.size();
        assertThat(alias.cancel()).isTrue();
        assertThat(alias.cancel()).isFalse();
      });
      stage
          .puppet()
          .does(self -> {
            self.send(alias, "one");
            self.send(alias, "two");
          });
      stage.run();
      alias.send("three");
      stage.run();
      stage.assertAlive(owner);
      assertThat(owner.heard).hasSize(heardBefore[0]);
      assertThat(stage.drops(DropReason.INACTIVE_ALIAS)).isEqualTo(3 - heardBefore[0]);
    });
  }

  /// SIG-7 with queued mail: everything was in the mailbox before the cancel.
  @Test
  void bringsNothingThatWasQueuedWhenCancelled() {
    exploreNearAndFar(stage -> {
      Puppet owner = stage.puppet();
      Alias<String> alias = alias(stage, owner, String.class);
      owner.does(_ -> {
        alias.send("queued");
        alias.cancel();
      });
      stage.run();
      assertThat(owner.heard).isEmpty();
      assertThat(stage.drops(DropReason.INACTIVE_ALIAS)).isEqualTo(1);
    });
  }

  /// An alias takes requests too.
  @Test
  void takesRequests() {
    exploreNearAndFar(stage -> {
      ProcessRef<Object> owner =
          stage.node.spawn(
              Object.class,
              () ->
                  (self, message) -> {
                    if (message instanceof Question question) {
                      self.reply(question, question.text() + "!");
                    } else {
                      Puppet.Act act = (Puppet.Act) message;
                      act.perform(self);
                    }
                  });
      List<Alias<Question>> made = new ArrayList<>();
      owner.send((Puppet.Act) self -> made.add(self.alias(Question.class, question -> question)));
      stage.run();
      Puppet asker = stage.puppet();
      asker.does(self -> asker.heard.add(self.call(made.getFirst(), new Question("why"), SECOND)));
      stage.run();
      assertThat(asker.heard).containsExactly("why!");
    });
  }

  /// SIG-7, CALL-3: a request through a cancelled alias reaches nobody and says so at once.
  @Test
  void tellsAnAskerOnceCancelled() {
    exploreNearAndFar(stage -> {
      Puppet owner = stage.puppet();
      Alias<Question> alias = alias(stage, owner, Question.class);
      owner.does(_ -> alias.cancel());
      stage.run();
      Puppet asker = stage.puppet();
      asker.does(self -> self.ask(alias, new Question("why"), SECOND, answer -> answer));
      stage.run();
      assertThat(asker.heard).containsExactly(new Answer.Failed<>(ExitReason.noProcess()));
      assertThat(stage.node.unansweredCount()).isZero();
      assertThat(stage.drops(DropReason.INACTIVE_ALIAS)).isEqualTo(1);
    });
  }

  /// The mapping runs in the owner, as its own code: what it throws ends the owner.
  @Test
  void runsItsMappingInItsOwner() {
    exploreNearAndFar(stage -> {
      Puppet owner = stage.puppet();
      Puppet sender = stage.puppet();
      List<Alias<String>> made = new ArrayList<>();
      owner.does(self ->
          made.add(
              self.alias(
                  String.class,
                  _ -> {
                    throw new IllegalStateException("in the mapping");
                  })));
      stage.run();
      sender.does(self -> self.send(made.getFirst(), "hello"));
      stage.run();
      stage.assertAlive(sender);
      assertThat(stage.reasonsOf(owner.ref()))
          .singleElement()
          .isInstanceOf(ExitReason.Crashed.class);
    });
  }
}
