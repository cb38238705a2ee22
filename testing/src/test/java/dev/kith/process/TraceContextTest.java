package dev.kith.process;

import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Design rule 5: trace context rides in the envelope.
class TraceContextTest {
  private static final TraceContext TRACE = new TraceContext(1, 2, 3, (byte) 1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  record Question() implements Request<String> {}

  /// What a message's handler sees of the trace.
  private static Puppet.Act noteInto(List<Object> seen, String step) {
    return self -> seen.add(step + " " + self.trace().map(TraceContext::span).orElse(0L));
  }

  /// It goes with everything that is sent while a traced message is handled: messages, messages
  /// through an alias, timers, and on from there.
  @Test
  void goesWithWhatIsSent() {
    explore(stage -> {
      List<Object> seen = new ArrayList<>();
      Puppet first = stage.puppet();
      Puppet second = stage.puppet();
      List<Alias<Puppet.Act>> alias = new ArrayList<>();
      second.does(self -> alias.add(self.alias(Puppet.Act.class, act -> act)));
      stage.run();
      first.does(self -> {
        self.trace(TRACE);
        self.send(second.ref(), noteInto(seen, "message"));
        self.send(alias.getFirst(), noteInto(seen, "alias"));
        self.sendAfter(SECOND, noteInto(seen, "timer"));
        self.send(second.ref(), (Puppet.Act) it -> it.send(first.ref(), noteInto(seen, "onward")));
      });
      stage.world.advance(SECOND);
      assertThat(seen).containsExactlyInAnyOrder("message 3", "alias 3", "timer 3", "onward 3");
    });
  }

  /// It goes with a request to the server, and the answer brings it back.
  @Test
  void goesWithARequestAndComesBackWithItsAnswer() {
    explore(stage -> {
      List<Object> seen = new ArrayList<>();
      ProcessRef<Question> server =
          stage.node.spawn(
              Question.class,
              () ->
                  (self, question) -> {
                    seen.add("request " + self.trace().map(TraceContext::span).orElse(0L));
                    self.reply(question, "reply");
                  });
      Puppet asker = stage.puppet();
      asker.does(self -> {
        self.trace(TRACE);
        self.call(server, new Question(), SECOND);
        self.ask(server, new Question(), SECOND, _ -> noteInto(seen, "answer"));
      });
      stage.run();
      assertThat(seen).containsExactly("request 3", "request 3", "answer 3");
    });
  }

  /// It ends with the message: the next one is not part of it.
  @Test
  void endsWithTheMessage() {
    explore(stage -> {
      Puppet puppet = stage.puppet();
      puppet.does(self -> self.trace(TRACE));
      puppet.does(self -> puppet.heard.add(self.trace()));
      stage.run();
      assertThat(puppet.heard).containsExactly(Optional.empty());
    });
  }
}
