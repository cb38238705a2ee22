package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Design rule 4: `Self` works only on the thread that runs its turn, while it runs it.
class SelfTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  record Question() implements Request<String> {}

  private static Self<Object> leaked(Stage stage) {
    List<Self<Object>> leaked = new ArrayList<>();
    stage.puppet().does(leaked::add);
    stage.run();
    return leaked.getFirst();
  }

  /// Everything that acts as the process.
  private static Map<String, Puppet.Act> acts(Puppet other) {
    Map<String, Puppet.Act> acts = new TreeMap<>();
    acts.put("send", self -> self.send(other.ref(), "x"));
    acts.put("call", self -> self.call(other.ref(), new Question(), SECOND));
    acts.put("ask", self -> self.ask(other.ref(), new Question(), SECOND, a -> a));
    acts.put("reply", self -> self.reply(new Question(), "x"));
    acts.put("replyTo", self -> self.replyTo(new Question()));
    acts.put("alias", self -> self.alias(String.class, a -> a));
    acts.put("sendAfter", self -> self.sendAfter(SECOND, "x"));
    acts.put("sendEvery", self -> self.sendEvery(SECOND, "x"));
    acts.put("spawn", self -> self.spawn(new Puppet().spec()));
    acts.put("spawnLinked", self -> self.spawnLinked(new Puppet().spec()));
    acts.put("spawnMonitored", self -> self.spawnMonitored(new Puppet().spec(), d -> d));
    acts.put("start", self -> self.start(new Puppet().spec(), r -> r));
    acts.put("link", self -> self.link(other.ref()));
    acts.put("unlink", self -> self.unlink(other.ref()));
    acts.put("monitor", self -> self.monitor(other.ref(), d -> d));
    acts.put("trapExits", self -> self.trapExits(e -> e));
    acts.put("trapParentExit", self -> self.trapParentExit(e -> e));
    acts.put("exit", self -> self.exit(BOOM));
    acts.put("exit another", self -> self.exit(other.ref(), BOOM));
    acts.put("deferReady", Self::deferReady);
    acts.put("ready", Self::ready);
    acts.put("ignoreStart", Self::ignoreStart);
    acts.put("tryRegister", self -> self.tryRegister(Name.of("x", Object.class)));
    acts.put("unregister", Self::unregister);
    acts.put("subscribe", self -> self.subscribe(ProcessEvent.class, e -> e));
    acts.put("trace", Self::trace);
    acts.put("trace set", self -> self.trace(new TraceContext(1, 2, 3, (byte) 0)));
    return acts;
  }

  /// Not on a thread outside.
  @Test
  void doesNothingOutsideItsTurn() {
    Stage.play(stage -> {
      Self<Object> self = leaked(stage);
      Puppet other = stage.puppet();
      acts(other)
          .forEach((name, act) ->
              assertThatThrownBy(() -> act.perform(self))
                  .as(name)
                  .isInstanceOf(IllegalStateException.class));
      stage.run();
      stage.assertAlive(other);
      assertThat(other.heard).isEmpty();
    });
  }

  /// Not in another process's turn.
  @Test
  void doesNothingInAnothersTurn() {
    explore(stage -> {
      Self<Object> self = leaked(stage);
      Puppet other = stage.puppet();
      Puppet thief = stage.puppet();
      thief.does(_ ->
          acts(other)
              .forEach((name, act) ->
                  assertThatThrownBy(() -> act.perform(self))
                      .as(name)
                      .isInstanceOf(IllegalStateException.class)));
      stage.run();
      stage.assertAlive(thief);
    });
  }

  /// Design rule 2: an answer is legal only while its request is handled.
  @Test
  void answersOnlyTheRequestThatItHandles() {
    explore(stage -> {
      List<Question> first = new ArrayList<>();
      List<Object> caught = new ArrayList<>();
      ProcessRef<Question> server =
          stage.node.spawn(
              Question.class,
              () ->
                  (self, question) -> {
                    first.add(question);
                    if (first.size() > 1) {
                      try {
                        self.reply(first.getFirst(), "too late");
                      } catch (IllegalStateException expected) {
                        caught.add(expected);
                      }
                    }
                    self.reply(question, "in time");
                  });
      Puppet asker = stage.puppet();
      // two requests that are equal and not the same
      asker.does(self -> self.ask(server, new Question(), SECOND, answer -> answer));
      asker.does(self -> self.ask(server, new Question(), SECOND, answer -> answer));
      stage.run();
      assertThat(caught).hasSize(1);
      assertThat(asker.heard).hasSize(2).containsOnly(new Answer.Reply<>("in time"));
    });
  }

  /// A cancel is its process's own affair too.
  @Test
  void aloneMayCancelWhatItWasGiven() {
    explore(stage -> {
      Puppet owner = stage.puppet();
      Puppet other = stage.puppet();
      List<Cancel> cancels = new ArrayList<>();
      owner.does(self -> {
        cancels.add(self.sendAfter(SECOND, "x"));
        cancels.add(self.monitor(other.ref(), d -> d));
        cancels.add(self.alias(String.class, a -> a));
        cancels.add(self.subscribe(ProcessEvent.class, e -> e));
      });
      stage.run();
      for (Cancel cancel : cancels) {
        assertThatThrownBy(cancel::cancel).isInstanceOf(IllegalStateException.class);
        other.does(
            _ -> assertThatThrownBy(cancel::cancel).isInstanceOf(IllegalStateException.class));
      }
      stage.run();
      stage.assertAlive(other);
    });
  }
}
