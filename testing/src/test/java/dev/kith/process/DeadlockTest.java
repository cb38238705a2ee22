package dev.kith.process;

import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Design rule 15: calls that wait for each other fail at once, with the circle in the message.
class DeadlockTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Calls on along a list of processes, and answers what comes back.
  record Pass(List<ProcessRef<Object>> onward) implements Request<String> {}

  private static final class Link implements Server<Object> {
    @Override
    public void handle(Self<Object> self, Object message) {
      Pass pass = (Pass) message;
      self.reply(pass, passOn(self, pass));
    }

    private static String passOn(Self<Object> self, Pass pass) {
      List<ProcessRef<Object>> onward = pass.onward();
      if (onward.isEmpty()) {
        return "the end";
      }
      Pass next = new Pass(onward.subList(1, onward.size()));
      try {
        return self.<String, Pass>call(onward.getFirst(), next, MINUTE);
      } catch (ExitException failure) {
        return failure.reason().toString();
      }
    }
  }

  private static ProcessRef<Object> link(Stage stage) {
    return stage.node.spawn(Object.class, Link::new);
  }

  private static String pass(
      Stage stage, ProcessRef<Object> first, List<ProcessRef<Object>> onward) {
    return stage.node.<String, Pass>call(first, new Pass(onward), MINUTE);
  }

  /// A circle of one, two, three …
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void isFoundHoweverLongTheCircle(int length) {
    explore(stage -> {
      List<ProcessRef<Object>> circle = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        circle.add(link(stage));
      }
      List<ProcessRef<Object>> onward = new ArrayList<>(circle.subList(1, length));
      onward.add(circle.getFirst());
      String answer = pass(stage, circle.getFirst(), onward);
      assertThat(answer).startsWith("deadlock: ");
      circle.forEach(link -> assertThat(answer).contains(link.toString()));
      assertThat(stage.world.now()).isZero();
    });
  }

  /// When several close a circle at the same time, at least one is told, and nobody waits long.
  @Test
  void isFoundByWhoClosesTheCircleLast() {
    explore(stage -> {
      Puppet one = stage.puppet();
      Puppet two = stage.puppet();
      Puppet three = stage.puppet();
      List<Puppet> circle = List.of(one, two, three);
      for (int i = 0; i < 3; i++) {
        Puppet caller = circle.get(i);
        Puppet called = circle.get((i + 1) % 3);
        caller.does(self -> {
          try {
            self.call(called.ref(), new Pass(List.of()), MINUTE);
          } catch (ExitException failure) {
            caller.heard.add(failure.reason());
            self.exit(failure.reason());
          }
        });
      }
      stage.run();
      assertThat(stage.node.processCount()).isZero();
      assertThat(stage.world.now()).isZero();
      stage.world.forgiveUnanswered();
    });
  }

  /// A chain is no circle.
  @Test
  void isNotSeenInAChain() {
    explore(stage -> {
      List<ProcessRef<Object>> onward = List.of(link(stage), link(stage), link(stage));
      assertThat(pass(stage, link(stage), onward)).isEqualTo("the end");
    });
  }

  record Ask() implements Request<String> {}

  /// Whoever waits for a request that was taken may be answered by a third: no circle.
  @Test
  void isNotSeenWhenTheRequestWasTaken() {
    explore(stage -> {
      Puppet third = stage.puppet();
      Puppet asker = stage.puppet();
      ProcessRef<Object> server =
          stage.node.spawn(
              Object.class,
              () ->
                  (self, message) -> {
                    ReplyTo<String> to = self.replyTo((Ask) message);
                    third.does(_ -> to.reply("from a third"));
                    asker.heard.add(Link.passOn(self, new Pass(List.of(asker.ref()))));
                  });
      asker.does(self -> asker.heard.add(self.<String, Ask>call(server, new Ask(), MINUTE)));
      stage.run();
      assertThat(asker.heard).startsWith("from a third").hasSize(2);
      assertThat(asker.heard.getLast().toString()).doesNotStartWith("deadlock");
      stage.world.forgiveUnanswered();
    });
  }

  /// A call that was answered waits no more, though its caller has not yet run.
  @Test
  void isNotSeenBehindAnAnswer() {
    explore(stage -> {
      ProcessRef<Object> one = link(stage);
      ProcessRef<Object> two = link(stage);
      Puppet caller = stage.puppet();
      for (int i = 0; i < 5; i++) {
        caller.does(
            self -> caller.heard.add(self.<String, Pass>call(one, new Pass(List.of(two)), MINUTE)));
        stage.puppet().does(self -> self.call(two, new Pass(List.of()), MINUTE));
      }
      stage.run();
      assertThat(caller.heard).hasSize(5).containsOnly("the end");
    });
  }
}
