package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// JVM-7.
class MailboxLimitTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  record Question() implements Request<String> {}

  private static Puppet limited(Stage stage, MailboxLimit limit) {
    Puppet puppet = new Puppet();
    puppet.isPlayedBy(stage.node.spawn(puppet.spec().withMailbox(limit)));
    return puppet;
  }

  /// What is too much is dropped and counted, the receiver goes on.
  @Test
  void refusesWhatIsTooMuch() {
    explore(stage -> {
      Puppet puppet = limited(stage, MailboxLimit.ofMessages(3));
      stage.run();
      for (int i = 0; i < 5; i++) {
        puppet.ref().send(i);
      }
      stage.run();
      assertThat(puppet.heard).containsExactly(0, 1, 2);
      assertThat(stage.drops(DropReason.MAILBOX_FULL)).isEqualTo(2);
      puppet.ref().send(5);
      stage.run();
      assertThat(puppet.heard).endsWith(5);
    });
  }

  /// A request to a full mailbox is answered `Overloaded` at once.
  @Test
  void answersRequestsOverloaded() {
    explore(stage -> {
      Puppet puppet = limited(stage, MailboxLimit.ofMessages(1));
      Puppet asker = stage.puppet();
      asker.does(self -> {
        self.send(puppet.ref(), "fills it");
        self.ask(puppet.ref(), new Question(), SECOND, answer -> answer);
        try {
          self.<String, Question>call(puppet.ref(), new Question(), SECOND);
        } catch (ExitException failure) {
          asker.heard.add(failure.reason());
        }
      });
      stage.run();
      assertThat(asker.heard)
          .containsExactly(
              ExitReason.overloaded(), new Answer.Failed<String>(ExitReason.overloaded()));
      assertThat(stage.drops(DropReason.MAILBOX_FULL)).isEqualTo(2);
      assertThat(stage.world.now()).isZero();
    });
  }

  /// With the other policy the receiver ends with `Overloaded`, even one that traps exits.
  @Test
  void canEndTheReceiver() {
    explore(stage -> {
      Puppet puppet =
          limited(stage, MailboxLimit.ofMessages(3).withOverflow(Overflow.EXIT)).trapping();
      stage.run();
      for (int i = 0; i < 5; i++) {
        puppet.ref().send(i);
      }
      stage.run();
      stage.assertEnded(puppet, ExitReason.overloaded());
      assertThat(puppet.terminated).containsExactly(ExitReason.overloaded());
      assertThat(stage.node.drops().total()).isEqualTo(5 - puppet.heard.size());
    });
  }

  /// Signals other than messages are never refused and do not wait behind messages.
  @Test
  void neverRefusesSignals() {
    explore(stage -> {
      Puppet puppet = limited(stage, MailboxLimit.ofMessages(1));
      Puppet watcher = stage.puppet();
      Puppet other = stage.puppet();
      stage.run();
      other.does(self -> {
        self.send(puppet.ref(), "fills it");
        self.link(puppet.ref());
        self.monitor(puppet.ref(), down -> down);
        self.exit(puppet.ref(), ExitReason.shutdown());
      });
      watcher.does(self -> self.trapExits(exit -> exit));
      stage.run();
      stage.assertEnded(puppet, ExitReason.shutdown());
    });
  }

  /// Answers to one's own requests, one's timers and `Down`s come in however full it is.
  @Test
  void letsInWhatTheProcessAskedFor() {
    explore(stage -> {
      Puppet puppet = limited(stage, MailboxLimit.ofMessages(2));
      Puppet target = stage.puppet();
      ProcessRef<Question> server =
          stage.node.spawn(Question.class, () -> (self, question) -> self.reply(question, "reply"));
      puppet.does(self -> {
        self.monitor(target.ref(), down -> down);
        self.sendAfter(Duration.ZERO, "timer");
        self.ask(server, new Question(), SECOND, answer -> answer);
        self.send(target.ref(), (Puppet.Act) it -> it.exit(BOOM));
        self.send(self.ref(), "one");
        self.send(self.ref(), "two");
      });
      stage.run();
      assertThat(puppet.heard)
          .contains(new Answer.Reply<>("reply"), "timer", new Down(target.pid(), BOOM));
    });
  }

  /// Bytes from a wire have a limit of their own.
  @Test
  void refusesBytesThatAreTooMany() {
    explore(stage -> {
      OtherNode other = new OtherNode(stage.node);
      Puppet puppet = limited(stage, MailboxLimit.GENEROUS.withWireBytes(100));
      stage.run();
      other.send(puppet.pid(), "one", 60);
      other.send(puppet.pid(), "two", 60);
      other.send(puppet.pid(), "three", 40);
      puppet.ref().send("not over a wire");
      stage.run();
      assertThat(puppet.heard).containsExactly("one", "three", "not over a wire");
      assertThat(stage.drops(DropReason.MAILBOX_FULL)).isEqualTo(1);
      other.send(puppet.pid(), "four", 100);
      stage.run();
      assertThat(puppet.heard).endsWith("four");
    });
  }

  /// A message from a wire that is refused for another reason gives its bytes back.
  @Test
  void givesBackTheBytesOfWhatItRefuses() {
    explore(stage -> {
      OtherNode other = new OtherNode(stage.node);
      Puppet puppet = limited(stage, MailboxLimit.ofMessages(1).withWireBytes(100));
      stage.run();
      for (int i = 0; i < 5; i++) {
        other.send(puppet.pid(), i, 60);
        other.send(puppet.pid(), "too many", 40);
        stage.run();
      }
      other.send(puppet.pid(), "as much as may be", 100);
      stage.run();
      assertThat(puppet.heard).containsExactly(0, 1, 2, 3, 4, "as much as may be");
      assertThat(stage.drops(DropReason.MAILBOX_FULL)).isEqualTo(5);
    });
  }

  /// Too many bytes are as much an overflow as too many messages.
  @Test
  void canEndTheReceiverOfTooManyBytes() {
    explore(stage -> {
      OtherNode other = new OtherNode(stage.node);
      Puppet puppet =
          limited(stage, MailboxLimit.GENEROUS.withWireBytes(100).withOverflow(Overflow.EXIT));
      stage.run();
      other.send(puppet.pid(), "too long", 101);
      stage.run();
      stage.assertEnded(puppet, ExitReason.overloaded());
    });
  }

  /// Design rule 4: what comes by wire is checked against the protocol before the mailbox.
  @Test
  void letsNoOtherProtocolInFromAWire() {
    explore(stage -> {
      OtherNode other = new OtherNode(stage.node);
      int[] handled = {0};
      ProcessRef<Integer> numbers = stage.node.spawn(Integer.class, () -> (_, _) -> handled[0]++);
      other.send(numbers.pid(), "no number", 9);
      other.send(numbers.pid(), 1, 4);
      stage.run();
      assertThat(handled[0]).isEqualTo(1);
      assertThat(stage.drops(DropReason.WRONG_PROTOCOL)).isEqualTo(1);
    });
  }

  /// Reaching the high-water mark is a system event.
  @Test
  void isReportedFromTheHighWaterMarkOn() {
    explore(stage -> {
      try (Node node =
          Node.start(
              NodeSpec.of(NodeName.of("watched"))
                  .withEnvironment(stage.world.environment())
                  .withCrashReports(NodeSpec.CrashReports.SILENT)
                  .withLongMailbox(10))) {
        int[] reports = {0};
        node.events().add(ProcessEvent.LongMailbox.class, _ -> reports[0]++);
        ProcessRef<Integer> slow = node.spawn(Integer.class, () -> (_, _) -> {});
        stage.run();
        IntStream.range(0, 9).forEach(slow::send);
        assertThat(reports[0]).isZero();
        IntStream.range(0, 5).forEach(slow::send);
        assertThat(reports[0]).isEqualTo(1);
        stage.run();
      }
    });
  }
}
